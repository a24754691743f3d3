# Varnish in front of World in Movies: varnishd -f deploy/varnish.vcl -a :6081 …, behind whatever
# ends https and says so in X-Forwarded-Proto; TRUSTED_PROXIES is then 2.
#
# Each request first looks at which edition the catalogue is of, an answer that is kept for five
# seconds, and then at its own address under that edition: after a ranking every address is another
# one here, and is asked for once, however many readers wait for it. While the site is away its
# last answers are shown. Nobody has to purge anything.

vcl 4.1;

import std;

backend site {
    .host = "127.0.0.1";
    .port = "8000";
    .connect_timeout = 2s;
    .probe = {
        # Of the database too: without it there are only the answers that are kept here. It is
        # asked by this address, which ALLOWED_HOSTS has to have.
        .url = "/readyz";
        .interval = 2s;
        .timeout = 2s;
        .window = 4;
        .threshold = 2;
        .initial = 2;
    }
}

sub vcl_recv {
    if (req.restarts == 0) {
        unset req.http.X-Edition;
        unset req.http.X-Address;
    }
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    if (req.url ~ "^/admin/") {
        return (pass);
    }
    unset req.http.Cookie;
    if (!req.http.X-Edition) {
        set req.http.X-Address = req.url;
        set req.url = "/edition";
        set req.grace = 50s;
    } else {
        set req.grace = 600s;
    }
    if (!std.healthy(req.backend_hint)) {
        set req.grace = 7d;
    }
    return (hash);
}

sub vcl_hash {
    hash_data(req.http.X-Edition);
    hash_data(req.http.X-Forwarded-Proto);
    if (req.url ~ "^/api/" && !req.http.X-Address) {
        hash_data(req.http.Accept);
    }
    # Varnish's own adds address and host.
}

sub vcl_backend_fetch {
    unset bereq.http.X-Address;
    unset bereq.http.X-Edition;
}

sub vcl_backend_response {
    if (beresp.status >= 500 && bereq.is_bgfetch) {
        return (abandon);
    }
    if (bereq.url == "/edition" && beresp.status == 200) {
        set beresp.ttl = 5s;
        set beresp.grace = 7d;
        return (deliver);
    }
    # As long as the answer says, by s-maxage and as static files do by max-age; not at all else.
    if (beresp.ttl <= 0s || beresp.http.Cache-Control !~ "(s-maxage|max-age)=[1-9]") {
        set beresp.uncacheable = true;
        set beresp.ttl = 30s;
        return (deliver);
    }
    set beresp.grace = 7d;
    # What was said to somebody else.
    unset beresp.http.RateLimit;
    unset beresp.http.RateLimit-Policy;
    unset beresp.http.X-Request-ID;
}

sub vcl_deliver {
    if (req.http.X-Address) {
        # Without an edition all is as it would be before the first one.
        set req.http.X-Edition = "of " + resp.http.ETag;
        set req.url = req.http.X-Address;
        unset req.http.X-Address;
        return (restart);
    }
    if (obj.hits > 0) {
        set resp.http.X-Cache-Status = "HIT";
    } else {
        set resp.http.X-Cache-Status = "MISS";
    }
}
