//! Whether bytes are canonical JSON, looked at once from front to back and without building anything.
//!
//! What it takes is canonical. What it does not take is not always wrong: a few unusual texts are left to the slow way,
//! so that this one stays small enough to be seen to be right.

/// How deep values may lie in one another.
const DEEPEST: usize = 64;

/// The most digits of a whole number that every reader holds exactly, and those digits.
const LARGEST: &[u8] = b"9007199254740991";

/// Whether the bytes are surely the canonical form of one value.
pub(super) fn is_surely_canonical(bytes: &[u8]) -> bool {
    if std::str::from_utf8(bytes).is_err() {
        return false;
    }
    let mut scan = Scan { bytes, at: 0 };
    scan.value(0).is_some() && scan.at == bytes.len()
}

/// A walk over the bytes; every step gives `None` at what it does not take.
struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Scan<'a> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        self.bytes[self.at..].starts_with(word).then(|| self.at += word.len())
    }

    fn value(&mut self, depth: usize) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        match self.peek()? {
            b'"' => self.text(),
            b'{' => self.object(depth),
            b'[' => self.array(depth),
            b't' => self.word(b"true"),
            b'f' => self.word(b"false"),
            b'n' => self.word(b"null"),
            _ => self.number(),
        }
    }

    fn array(&mut self, depth: usize) -> Option<()> {
        self.expect(b'[')?;
        if self.expect(b']').is_some() {
            return Some(());
        }
        loop {
            self.value(depth + 1)?;
            if self.expect(b',').is_none() {
                return self.expect(b']');
            }
        }
    }

    /// Names stand in strict order, so that none stands twice.
    fn object(&mut self, depth: usize) -> Option<()> {
        self.expect(b'{')?;
        if self.expect(b'}').is_some() {
            return Some(());
        }
        let mut last: Option<&'a [u8]> = None;
        loop {
            let name = self.name()?;
            if last.is_some_and(|last| last >= name) {
                return None;
            }
            last = Some(name);
            self.expect(b':')?;
            self.value(depth + 1)?;
            if self.expect(b',').is_none() {
                return self.expect(b'}');
            }
        }
    }

    /// A name, without escapes, so that its bytes are in the order of its letters.
    fn name(&mut self) -> Option<&'a [u8]> {
        let from = self.at + 1;
        self.text()?;
        let name = &self.bytes[from..self.at - 1];
        (!name.contains(&b'\\')).then_some(name)
    }

    fn text(&mut self) -> Option<()> {
        self.expect(b'"')?;
        loop {
            let rest = self.bytes.get(self.at..)?;
            let plain = rest.iter().position(|byte| *byte < b' ' || matches!(byte, b'"' | b'\\'))?;
            self.at += plain + 1;
            match rest[plain] {
                b'"' => return Some(()),
                b'\\' => self.escape()?,
                _ => return None,
            }
        }
    }

    fn escape(&mut self) -> Option<()> {
        let letter = self.peek()?;
        self.at += 1;
        match letter {
            b'"' | b'\\' | b'b' | b't' | b'n' | b'f' | b'r' => Some(()),
            b'u' => {
                let digits = self.bytes.get(self.at..self.at + 4)?;
                self.at += 4;
                let short = matches!(digits, b"0008" | b"0009" | b"000a" | b"000c" | b"000d");
                let control = digits.starts_with(b"000") || digits.starts_with(b"001");
                let lower = matches!(digits[3], b'0'..=b'9' | b'a'..=b'f');
                (control && lower && !short).then_some(())
            }
            _ => None,
        }
    }

    /// A whole number that every reader holds exactly, without leading zeros.
    fn number(&mut self) -> Option<()> {
        let negative = self.expect(b'-').is_some();
        let digits = self.bytes[self.at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let text = &self.bytes[self.at..self.at + digits];
        self.at += digits;
        let leading = text.first()? == &b'0' && (digits > 1 || negative);
        let exact = digits < LARGEST.len() || (digits == LARGEST.len() && text <= LARGEST);
        (!leading && exact).then_some(())
    }
}
