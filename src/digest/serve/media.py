"""What kind of bytes a file holds, by its ending.

The table is our own: that of the operating system differs from machine to machine, and a preview
that serves a script as `text/plain` on one of them is no preview. Types as registered with IANA.
"""

_TEXT = {
    "css": "text/css",
    "csv": "text/csv",
    "htm": "text/html",
    "html": "text/html",
    "ics": "text/calendar",
    "js": "text/javascript",
    "md": "text/markdown",
    "mjs": "text/javascript",
    "srt": "text/plain",
    "txt": "text/plain",
    "vtt": "text/vtt",
    "xml": "application/xml",
    "xsl": "application/xslt+xml",
    "svg": "image/svg+xml",
    "webmanifest": "application/manifest+json",
}
_OTHER = {
    "json": "application/json",
    "geojson": "application/geo+json",
    "apng": "image/apng",
    "avif": "image/avif",
    "gif": "image/gif",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "jxl": "image/jxl",
    "png": "image/png",
    "webp": "image/webp",
    "otf": "font/otf",
    "ttf": "font/ttf",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "flac": "audio/flac",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "mp4": "video/mp4",
    "ogv": "video/ogg",
    "webm": "video/webm",
    "epub": "application/epub+zip",
    "gz": "application/gzip",
    "pdf": "application/pdf",
    "wasm": "application/wasm",
    "zip": "application/zip",
}


def media_type(path: str) -> str:
    """Return the value of Content-Type for a file; texts are UTF-8, as all of the site's are."""
    name = path.rpartition("/")[2].lower()
    ending = name.rpartition(".")[2]
    if name == "feed.xml":
        return "application/atom+xml; charset=utf-8"
    if ending in _TEXT:
        return f"{_TEXT[ending]}; charset=utf-8"
    return _OTHER.get(ending, "application/octet-stream")
