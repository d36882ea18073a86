//! Greek and Cyrillic names in Latin letters, as road signs and maps write them, so that who has no such keyboard finds
//! them: Αθήνα is Athina, Пловдив is Plovdiv. For search alone; nothing that is shown is written so.

use crate::column::plain;

/// The text in Latin letters, small and without accents; empty when there is nothing to rewrite.
pub(crate) fn latin(text: &str) -> String {
    let text = plain(text);
    if !text.chars().any(|letter| of(letter).is_some()) {
        return String::new();
    }
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, letters.peek()) {
            ('ο', Some('υ')) => {
                letters.next();
                out.push_str("ou");
            }
            ('γ', Some('γ')) => {
                letters.next();
                out.push_str("ng");
            }
            _ => match of(letter) {
                Some(latin) => out.push_str(latin),
                None => out.push(letter),
            },
        }
    }
    out
}

/// One letter: Greek by ELOT 743, Cyrillic by the Bulgarian road signs, with the letters that other languages add.
fn of(letter: char) -> Option<&'static str> {
    Some(match letter {
        'α' | 'а' => "a",
        'β' | 'в' => "v",
        'γ' | 'г' | 'ґ' => "g",
        'δ' | 'д' => "d",
        'ε' | 'е' | 'э' | 'є' => "e",
        'ζ' | 'з' => "z",
        'η' | 'ι' | 'и' | 'і' | 'ы' => "i",
        'θ' => "th",
        'κ' | 'к' => "k",
        'λ' | 'л' => "l",
        'μ' | 'м' => "m",
        'ν' | 'н' => "n",
        'ξ' => "x",
        'ο' | 'ω' | 'о' => "o",
        'π' | 'п' => "p",
        'ρ' | 'р' => "r",
        'σ' | 'ς' | 'с' => "s",
        'τ' | 'т' => "t",
        'υ' | 'й' => "y",
        'φ' | 'ф' => "f",
        'χ' => "ch",
        'ψ' => "ps",
        'б' => "b",
        'ж' => "zh",
        'у' => "u",
        'х' => "h",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "sht",
        'ъ' => "a",
        'ь' => "",
        'ю' => "yu",
        'я' => "ya",
        'ј' => "j",
        'љ' => "lj",
        'њ' => "nj",
        'џ' => "dz",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greek_and_cyrillic_names_are_found_in_latin_letters() {
        assert_eq!(latin("Αθήνα"), "athina");
        assert_eq!(latin("Θεσσαλονίκη"), "thessaloniki");
        assert_eq!(latin("Λουτράκι"), "loutraki");
        assert_eq!(latin("София"), "sofiya");
        assert_eq!(latin("Porto"), "", "what is Latin already needs nothing");
    }
}
