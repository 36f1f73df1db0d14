"""The annual report in the form of Decree 30/2020/NĐ-CP: what it says, and how a Word document says it."""
