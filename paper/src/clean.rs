//! Texts made safe to set: every letter that an archived document must not hold is replaced or left out.

/// A text as it is set: control signs are spaces, marks of direction and joining are left out, letters without a common
/// meaning stand as �. Line feeds stay.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            // A soft hyphen, a joiner or a mark of direction has no form of its own.
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => {}
            '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e01ef}' => {}
            '\u{a0}' | '\u{2007}' | '\u{202f}' => out.push('\u{a0}'),
            letter if letter.is_control() || letter.is_whitespace() => out.push(' '),
            letter if is_private(letter) => out.push('\u{fffd}'),
            letter => out.push(letter),
        }
    }
    out
}

/// Letters for private use and places that are no letters.
fn is_private(letter: char) -> bool {
    let code = u32::from(letter);
    matches!(code, 0xe000..=0xf8ff | 0xf_0000.. | 0xfdd0..=0xfdef) || code & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn what_must_not_be_archived_is_not() {
        assert_eq!(clean("a\r\nb\tc\u{0}d"), "a\nb c d");
        assert_eq!(clean("\u{202e}gnp\u{202c}\u{feff}"), "gnp");
        assert_eq!(clean("\u{e000}\u{10fffe}"), "\u{fffd}\u{fffd}");
        assert_eq!(clean("1\u{202f}482"), "1\u{a0}482");
        assert_eq!(clean("서울 Łódź"), "서울 Łódź");
    }
}
