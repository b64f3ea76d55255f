//! A browser that is driven from outside: Chromium over its debugging protocol, on this machine alone.
//!
//! The protocol runs over a WebSocket (RFC 6455), of which this speaks the little that is needed: texts,
//! masked as a client must, one at a time.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// How long a browser may take for one thing.
const PATIENCE: Duration = Duration::from_secs(60);

/// A browser with one page; it ends with this.
pub struct Browser {
    process: Child,
    wire: BufReader<TcpStream>,
    /// The session of the page.
    session: String,
    asked: u64,
    /// What the page told of itself, in order.
    pub told: Vec<Value>,
    _profile: TempDir,
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Browser {
    /// A browser with an empty page; none where no Chromium is installed.
    pub fn start() -> Option<Self> {
        let profile = tempfile::tempdir().expect("a folder");
        let mut command = Command::new("chromium");
        command
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--remote-debugging-port=0",
            ])
            .args([
                "--no-first-run",
                "--disable-extensions",
                "--window-size=1280,1000",
            ])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let process = match command.spawn() {
            Ok(process) => process,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                eprintln!("skipped: there is no chromium to open the page with");
                return None;
            }
            Err(error) => panic!("chromium: {error}"),
        };
        let wire = connected(&profile.path().join("DevToolsActivePort"));
        let mut browser = Self {
            process,
            wire,
            session: String::new(),
            asked: 0,
            told: Vec::new(),
            _profile: profile,
        };
        browser.attach();
        Some(browser)
    }

    /// Opens a page of one's own in it, and listens to what it tells.
    fn attach(&mut self) {
        let target = self.ask("Target.createTarget", &json!({"url": "about:blank"}));
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let attached = self.ask("Target.attachToTarget", &attach);
        attached["sessionId"]
            .as_str()
            .expect("a session")
            .clone_into(&mut self.session);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            self.ask(&format!("{domain}.enable"), &json!({}));
        }
    }

    /// Asks the browser for something.
    pub fn ask(&mut self, method: &str, what: &Value) -> Value {
        self.asked += 1;
        let mut message = json!({"id": self.asked, "method": method, "params": what});
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        self.send(&message.to_string());
        let id = json!(self.asked);
        loop {
            let message = self.receive();
            if message["id"] == id {
                assert!(message.get("error").is_none(), "{method}: {message}");
                return message["result"].clone();
            }
            self.told.push(message);
        }
    }

    /// Opens a file, with a fragment, and waits until it is loaded.
    pub fn open(&mut self, file: &Path, fragment: &str) {
        // From an empty page, so that a fragment alone loads the file anew.
        for url in [
            "about:blank".to_owned(),
            format!("file://{}{fragment}", file.display()),
        ] {
            self.told.clear();
            self.ask("Page.navigate", &json!({"url": url}));
            let start = Instant::now();
            while !self
                .told
                .iter()
                .any(|event| event["method"] == "Page.loadEventFired")
            {
                assert!(start.elapsed() < PATIENCE, "{url} does not load");
                let event = self.receive();
                self.told.push(event);
            }
        }
    }

    /// The value of an expression in the page, after it was drawn.
    pub fn value(&mut self, expression: &str) -> Value {
        let drawn = format!(
            "new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(() => then({expression}))))"
        );
        let what = json!({"expression": drawn, "awaitPromise": true, "returnByValue": true});
        let answer = self.ask("Runtime.evaluate", &what);
        assert!(
            answer.get("exceptionDetails").is_none(),
            "{expression}: {answer}"
        );
        answer["result"]["value"].clone()
    }

    /// The text of the first element that a selector names.
    pub fn text(&mut self, selector: &str) -> String {
        let value = self.value(&format!("document.querySelector({selector:?}).textContent"));
        value.as_str().expect("a text").to_owned()
    }

    /// Moves the mouse, or presses and lifts its button, at a place of the window.
    pub fn mouse(&mut self, kinds: &[&str], [x, y]: [f64; 2]) {
        for kind in kinds {
            let what = json!({"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1});
            self.ask("Input.dispatchMouseEvent", &what);
        }
    }

    /// What the page complained of, or asked of anybody but the file itself.
    pub fn complaints(&self) -> Vec<&Value> {
        let is_one = |event: &&Value| {
            let url = event["params"]["request"]["url"]
                .as_str()
                .unwrap_or_default();
            match event["method"].as_str().unwrap_or_default() {
                "Runtime.consoleAPICalled"
                | "Runtime.exceptionThrown"
                | "Log.entryAdded"
                | "Page.javascriptDialogOpening" => true,
                "Network.requestWillBeSent" => !url.starts_with("file:") && url != "about:blank",
                _ => false,
            }
        };
        self.told.iter().filter(is_one).collect()
    }

    /// One text as a frame, masked with noughts.
    fn send(&mut self, text: &str) {
        let length = u64::try_from(text.len()).expect("it fits");
        let mut frame = vec![0x81, 0x80 | 127];
        frame.extend(length.to_be_bytes());
        frame.extend([0; 4]);
        frame.extend(text.as_bytes());
        self.wire
            .get_mut()
            .write_all(&frame)
            .expect("the browser listens");
    }

    fn receive(&mut self) -> Value {
        let mut text = Vec::new();
        loop {
            let mut head = [0; 2];
            self.wire
                .read_exact(&mut head)
                .expect("the browser answers");
            let length = match head[1] & 0x7f {
                126 => u64::from(u16::from_be_bytes(self.bytes())),
                127 => u64::from_be_bytes(self.bytes()),
                short => u64::from(short),
            };
            let mut frame = vec![0; usize::try_from(length).expect("it fits")];
            self.wire
                .read_exact(&mut frame)
                .expect("the browser answers");
            text.extend(frame);
            if head[0] & 0x80 != 0 {
                return serde_json::from_slice(&text).expect("it is JSON");
            }
        }
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.wire
            .read_exact(&mut bytes)
            .expect("the browser answers");
        bytes
    }
}

/// A WebSocket to the browser, which writes where it listens into a file.
fn connected(told: &Path) -> BufReader<TcpStream> {
    let start = Instant::now();
    let told = loop {
        let text = std::fs::read_to_string(told).unwrap_or_default();
        if text.lines().count() == 2 {
            break text;
        }
        assert!(start.elapsed() < PATIENCE, "chromium does not start");
        std::thread::sleep(Duration::from_millis(50));
    };
    let (port, path) = told.split_once('\n').expect("two lines");
    let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).expect("it listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a time");
    write!(
        stream,
        "GET {} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
        path.trim()
    )
    .expect("it listens");
    let mut wire = BufReader::new(stream);
    let mut line = String::new();
    wire.read_line(&mut line).expect("an answer");
    assert!(line.contains("101"), "{line}");
    while line.trim_end() != "" {
        line.clear();
        wire.read_line(&mut line).expect("an answer");
    }
    wire
}
