"""The page: what the command line does, in a browser.

`app.make_app` makes the ASGI application; `serve` runs it. Each page is a module in `pages/` with a
typed context, a template and routes (docs/how-to/page.md).
"""
