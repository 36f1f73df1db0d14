"""The map and its filter in Streamlit, by pydeck: plotly's own maps stay empty in it."""

import json

import numpy as np
import pydeck as pdk
import streamlit as st
from data import CATEGORIES, POLYGONS, counts

SHADES = [[241, 221, 185], [233, 153, 115], [184, 100, 98], [112, 95, 116], [34, 70, 107]]

st.set_page_config(layout="wide")
table = counts(st.radio("category", CATEGORIES)).set_index("code")["n"]
breaks = np.quantile(table, [0.2, 0.4, 0.6, 0.8])
shown = json.loads(json.dumps(POLYGONS))
for feature in shown["features"]:
    feature["properties"]["fill"] = SHADES[int(np.searchsorted(breaks, table[feature["properties"]["code"]]))]
layer = pdk.Layer("GeoJsonLayer", shown, get_fill_color="properties.fill", get_line_color=[255, 255, 255], stroked=True)
view = pdk.ViewState(longitude=106.15, latitude=11.4, zoom=8)
st.pydeck_chart(pdk.Deck([layer], initial_view_state=view, map_style=None), height=720)
