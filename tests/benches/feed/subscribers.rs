//! Many subscribers over plain sockets: they count what comes, and note when; nothing is parsed.

use std::time::Instant;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::sync::watch;

use super::servers::Server;

/// All of them.
pub struct Subscribers {
    count: usize,
    /// How many events each is to read, as of now.
    wanted: watch::Sender<usize>,
    /// Each says when it has them.
    have: mpsc::UnboundedReceiver<Instant>,
    /// What was wanted before the count began again.
    before: usize,
}

impl Subscribers {
    /// Opens them and waits until each is subscribed.
    pub async fn open(server: &impl Server, numbers: std::ops::Range<usize>) -> Self {
        let count = numbers.len();
        let (wanted, asked) = watch::channel(0);
        let (done, have) = mpsc::unbounded_channel();
        for number in numbers {
            let mut stream = TcpStream::connect(server.address()).await.unwrap();
            stream.set_nodelay(true).unwrap();
            stream.write_all(server.subscription(number).as_bytes()).await.unwrap();
            let mut head = [0; 2048];
            let read = stream.read(&mut head).await.unwrap();
            assert!(head[..read].starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&head[..read]));
            tokio::spawn(listen(stream, asked.clone(), done.clone()));
        }
        Self { count, wanted, have, before: 0 }
    }

    /// Waits until each has read so many events since the count began; gives when each of them had.
    pub async fn until_each_has(&mut self, events: usize) -> Vec<Instant> {
        self.wanted.send_replace(self.before + events);
        let mut when = Vec::with_capacity(self.count);
        while when.len() < self.count {
            when.push(self.have.recv().await.expect("no subscriber is lost"));
        }
        when
    }

    /// Begins the count again.
    pub fn begin_again(&mut self) {
        self.before = *self.wanted.borrow();
    }
}

/// Reads as many events as are wanted, says so, and waits for more to be wanted.
async fn listen(mut stream: TcpStream, mut asked: watch::Receiver<usize>, done: mpsc::UnboundedSender<Instant>) {
    let (mut read, mut before) = (0, 0);
    while asked.changed().await.is_ok() {
        let wanted = *asked.borrow_and_update();
        while read < wanted {
            let Ok(found) = events(&mut stream, &mut before).await else { return };
            read += found;
        }
        assert!(read == wanted, "{read} events where {wanted} were sent");
        if done.send(Instant::now()).is_err() {
            return;
        }
    }
}

thread_local! {
    static ROOM: std::cell::RefCell<Vec<u8>> = std::cell::RefCell::new(vec![0; 256 * 1024]);
}

/// Reads what is there; an event is its `data:` line, which is looked for across reads.
async fn events(stream: &mut TcpStream, before: &mut u32) -> std::io::Result<usize> {
    stream.readable().await?;
    ROOM.with_borrow_mut(|room| match stream.try_read(room) {
        Ok(0) => Err(std::io::ErrorKind::UnexpectedEof.into()),
        Ok(read) => Ok(lines(&room[..read], before)),
        Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => Ok(0),
        Err(error) => Err(error),
    })
}

/// How many lines begin with `data:`; the four bytes before are kept for a beginning cut in two.
fn lines(bytes: &[u8], before: &mut u32) -> usize {
    const BEGINNING: u32 = u32::from_be_bytes(*b"\ndat");
    let mut found = 0;
    // Only line ends are looked at closely: an event has few of them.
    let mut at = 0;
    for byte in &bytes[..bytes.len().min(3)] {
        *before = *before << 8 | u32::from(*byte);
        found += usize::from(*before == BEGINNING);
    }
    while let Some(next) = memchr::memchr(b'\n', &bytes[at..]) {
        let end = at + next;
        found += usize::from(bytes[end..].starts_with(b"\ndat"));
        at = end + 1;
    }
    for byte in bytes.iter().skip(3.max(bytes.len().saturating_sub(4))) {
        *before = *before << 8 | u32::from(*byte);
    }
    found
}
