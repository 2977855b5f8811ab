"""The preview: a site that is built anew at every save, and answers over HTTP."""
