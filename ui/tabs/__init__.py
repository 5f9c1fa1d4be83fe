"""One file per tab; `ui.app.TABS` lists them in the order they are shown."""
