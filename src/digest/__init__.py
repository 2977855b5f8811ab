"""Digest: a static site generator for a news digest on labor and AI.

Read the modules in the order in which a build runs them:

    diagnostics   what an author is told
    model         the records of the domain
    urls          names to slugs, URLs and output paths
    cache         what earlier builds found out, by content
    config        site.toml to a checked, frozen Config
    words         catalogues to the theme's words in the language of the site
    load          files to records with places
    markup        Markdown and plain text to safe HTML
    enrich        plain text to names, figures and statements
    index         records to answers to every whole-site question
    plan          the index to the list of pages and assets, each with its key
    render        one page to bytes
    write         bytes to disk
    executor      the same work on one core or on many
    start         what a build starts from: options, settings, digests of all files
    reading       load, markup and enrich over the processes
    mentions      the names in the texts, over the processes
    surveying     the content to all that is known of it
    planning      the same to a plan
    report        what a build came to, and the quick answer where nothing has changed
    rendering     render and write over the processes, for what may have changed
    indexer       HTML files to a search index, by Pagefind
    searching     the search index, for what may have changed
    build         the order of the stages: start reading here
    serve         the preview: builds at every save, answers over HTTP
    cli           arguments to exit code
"""

__version__ = "0.1.0"
