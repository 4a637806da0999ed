//! A web server for the panel's static files, on this machine.
//!
//! Input: names and bytes of files. Output: HTTP answers that let the panel run and nothing else: a content security
//! policy without foreign sources, no cookies, files only below the root. Lead data never passes here: the panel works
//! on it inside the browser.

use std::borrow::Cow;
use std::convert::Infallible;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::rc::Rc;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::task::LocalSet;

/// How long a browser may take from connecting to asking.
const PATIENCE: Duration = Duration::from_secs(30);

/// Who may show the panel in a frame, besides pages of the same origin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrameAncestors(Vec<String>);

impl FrameAncestors {
    /// Reads a list of origins such as `https://app.example.com`, or `*`.
    ///
    /// # Errors
    /// The first item that is not an origin.
    pub fn parse<'a>(items: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let mut origins = Vec::new();
        for item in items {
            if !is_origin(item) {
                return Err(item.to_owned());
            }
            origins.push(item.to_owned());
        }
        Ok(Self(origins))
    }
}

/// Whether text is an origin that may stand in a policy. What could end the directive is refused.
fn is_origin(text: &str) -> bool {
    if text == "*" {
        return true;
    }
    ["http://", "https://"].iter().any(|scheme| {
        text.strip_prefix(scheme).is_some_and(|host| {
            let is_part = |c: char| c.is_ascii_alphanumeric() || ".-:*[]".contains(c);
            !host.is_empty() && host.chars().all(is_part)
        })
    })
}

/// A server that listens and does not answer yet.
pub struct Listener {
    listener: TcpListener,
    policy: String,
}

impl Listener {
    /// Starts to listen. Port 0 takes a free one.
    ///
    /// # Errors
    /// If the address is taken or not to be had.
    pub fn bind(address: SocketAddr, ancestors: &FrameAncestors) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        Ok(Self { listener, policy: policy(ancestors) })
    }

    /// The address it listens on, which tells the port that was taken for port 0.
    ///
    /// # Errors
    /// If the system cannot say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers requests until the process ends. `files` gives the bytes of a name such as `demo/leads.csv`.
    ///
    /// # Errors
    /// If the system takes the listener away.
    pub fn run(self, files: impl Fn(&str) -> Option<Cow<'static, [u8]>> + 'static) -> io::Result<()> {
        let site = Rc::new((self.policy, files));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
        LocalSet::new().block_on(&runtime, async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            loop {
                let Ok((stream, _)) = listener.accept().await else {
                    // Too many open files, say: some will be closed soon.
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                };
                let site = Rc::clone(&site);
                let service = service_fn(move |request: Request<Incoming>| {
                    let (policy, files) = &*site;
                    let answer = answer(&request, policy, files);
                    async { Ok::<_, Infallible>(answer) }
                });
                let connection = http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(PATIENCE)
                    .serve_connection(TokioIo::new(stream), service);
                // A browser that went away needs no answer, so a broken connection is no error here.
                tokio::task::spawn_local(connection);
            }
        })
    }
}

fn answer(
    request: &Request<Incoming>,
    policy: &str,
    files: &dyn Fn(&str) -> Option<Cow<'static, [u8]>>,
) -> Response<Full<Bytes>> {
    let known_tag = request.headers().get(header::IF_NONE_MATCH);
    let reply = reply(request.method(), request.uri().path(), known_tag.and_then(|tag| tag.to_str().ok()), files);
    let body = match reply.body {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    };
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = reply.status;
    let headers = response.headers_mut();
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CONTENT_TYPE, reply.content_type),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        // A frame without an origin of its own (`sandbox` without `allow-same-origin`) loads its modules across origins.
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
        // Names stay when contents change, so a browser asks each time and mostly hears "not modified".
        (header::CACHE_CONTROL, "no-cache"),
    ];
    let more = [(header::ETAG, &reply.tag), (header::ALLOW, &reply.allow)];
    let more = more.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
    for (name, value) in fixed.into_iter().chain(more) {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    response
}

/// The content security policy: the server's own files, wasm, and no other source.
fn policy(ancestors: &FrameAncestors) -> String {
    let mut policy = String::from(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; worker-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types default; frame-ancestors 'self'",
    );
    for origin in &ancestors.0 {
        policy.push(' ');
        policy.push_str(origin);
    }
    policy
}

struct Reply {
    status: StatusCode,
    content_type: &'static str,
    body: Cow<'static, [u8]>,
    tag: Option<String>,
    allow: Option<String>,
}

fn reply(
    method: &Method,
    url: &str,
    known_tag: Option<&str>,
    files: &dyn Fn(&str) -> Option<Cow<'static, [u8]>>,
) -> Reply {
    let text = |status, text: &'static str| Reply {
        status,
        content_type: "text/plain; charset=utf-8",
        body: Cow::Borrowed(text.as_bytes()),
        tag: None,
        allow: None,
    };
    if method != Method::GET && method != Method::HEAD {
        return Reply {
            allow: Some("GET, HEAD".to_owned()),
            ..text(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD are answered here\n")
        };
    }
    let Some(name) = name(url) else {
        return text(StatusCode::BAD_REQUEST, "this address is not one of a file\n");
    };
    let Some(body) = files(&name) else {
        return text(StatusCode::NOT_FOUND, "there is no such file\n");
    };
    let tag = tag(&body);
    let is_known = known_tag.is_some_and(|known| known.split(',').any(|known| known.trim() == tag));
    Reply {
        status: if is_known { StatusCode::NOT_MODIFIED } else { StatusCode::OK },
        content_type: content_type(&name),
        body: if is_known { Cow::Borrowed(&[]) } else { body },
        tag: Some(tag),
        allow: None,
    }
}

/// The file that a request's target names; nothing if the target leaves the root or could be read in two ways.
fn name(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = decoded(path)?;
    let path = if path.is_empty() { "index.html".to_owned() } else { path };
    let is_plain = |part: &str| {
        !part.is_empty() && !part.starts_with('.') && !part.contains(|c: char| c == '\\' || c == ':' || c.is_control())
    };
    path.split('/').all(is_plain).then_some(path)
}

/// Undoes percent encoding, once.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Tells contents apart for a browser's cache; nobody gains by forging it.
fn tag(body: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    format!("\"{:016x}\"", hasher.finish())
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "jsonl" => "application/jsonl",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use super::*;

    fn files(name: &str) -> Option<Cow<'static, [u8]>> {
        match name {
            "index.html" => Some(Cow::Borrowed(b"page")),
            "demo/leads 1.csv" => Some(Cow::Borrowed(b"a,b")),
            ".." | "../secret" | "demo/../secret" | ".gitignore" => {
                panic!("`{name}` reached the files")
            }
            _ => None,
        }
    }

    fn get(url: &str) -> Reply {
        reply(&Method::GET, url, None, &files)
    }

    #[test]
    fn serves_files_with_their_type() {
        let page = get("/?record=1");
        assert_eq!((page.status.as_u16(), page.content_type), (200, "text/html; charset=utf-8"));
        assert_eq!(&*page.body, b"page");
        assert_eq!(get("/demo/leads%201.csv").content_type, "text/csv; charset=utf-8");
        assert_eq!(content_type("panel_bg.wasm"), "application/wasm");
        assert_eq!(get("/missing.js").status.as_u16(), 404);
    }

    #[test]
    fn never_leaves_the_root() {
        for url in [
            "/..",
            "/../secret",
            "/demo/../secret",
            "/%2e%2e/secret",
            "/demo/%2E%2E/secret",
            "/..%2fsecret",
            "/..%5csecret",
            "/demo\\..\\secret",
            "//secret",
            "/demo//leads",
            "/.gitignore",
            "/a%00.html",
            "/C:/secret",
            "/%zz",
            "/%",
            "/%ff",
            "secret",
            "",
        ] {
            assert_eq!(get(url).status.as_u16(), 400, "`{url}`");
        }
    }

    #[test]
    fn encoding_is_undone_once() {
        assert_eq!(name("/%252e%252e/a").unwrap(), "%2e%2e/a");
    }

    #[test]
    fn other_methods_are_refused() {
        let refused = reply(&Method::POST, "/", None, &files);
        assert_eq!(refused.status.as_u16(), 405);
        assert_eq!(refused.allow.unwrap(), "GET, HEAD");
    }

    #[test]
    fn an_unchanged_file_is_not_sent_again() {
        let tag = get("/").tag.unwrap();
        let again = reply(&Method::GET, "/", Some(&tag), &files);
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
        assert_eq!(reply(&Method::GET, "/", Some("\"other\""), &files).status.as_u16(), 200);
    }

    #[test]
    fn frames_are_for_the_listed_origins_only() {
        let ancestors = FrameAncestors::parse(["https://app.example.com", "http://localhost:8080"]).unwrap();
        assert!(policy(&ancestors).ends_with("frame-ancestors 'self' https://app.example.com http://localhost:8080"));
        assert!(policy(&FrameAncestors::default()).ends_with("frame-ancestors 'self'"));
        for bad in ["", "example.com", "https://", "https://a; script-src *", "https://a b", "'none'", "https://a/b"] {
            assert_eq!(FrameAncestors::parse([bad]), Err(bad.to_owned()));
        }
    }
}
