"""Answer -> figure, pure: plain dicts that plotly.js draws. Never imports dash."""
