"""What the site gives to others: pictures for links, pages to embed, an app to install, lists for
search engines."""
