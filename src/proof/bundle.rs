//! Entry bundles (C2SP tlog-tiles): records one after another, each behind its length in two bytes.
//!
//! A record has 1 to 65 535 bytes, so the length always fits; anything else is refused, as is a torn bundle.

/// Bytes or records that make no bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// A record that no bundle can carry.
    #[error("a record has {0} bytes; 1 to 65 535 fit")]
    Length(usize),
    /// The bytes end within a record.
    #[error("the bundle ends within a record")]
    Torn,
}

/// The bundle of these records.
///
/// # Errors
/// [`BundleError::Length`] when a record is empty or too long.
pub fn bundle<'a>(records: impl IntoIterator<Item = &'a [u8]>) -> Result<Vec<u8>, BundleError> {
    let mut bytes = Vec::new();
    for record in records {
        let length = u16::try_from(record.len()).ok().filter(|length| *length > 0);
        let length = length.ok_or(BundleError::Length(record.len()))?;
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(record);
    }
    Ok(bytes)
}

/// The records of a bundle.
///
/// # Errors
/// When a record is empty, or the bytes end within one.
pub fn unbundle(bytes: &[u8]) -> Result<Vec<&[u8]>, BundleError> {
    let mut records = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let (length, behind) = rest.split_first_chunk::<2>().ok_or(BundleError::Torn)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (record, next) = behind.split_at_checked(length).ok_or(BundleError::Torn)?;
        if record.is_empty() {
            return Err(BundleError::Length(0));
        }
        records.push(record);
        rest = next;
    }
    Ok(records)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_out_of_a_bundle_as_they_went_in() {
        let longest = vec![b'x'; 65_535];
        let records: [&[u8]; 3] = [b"a", &longest, "\u{2028}\n".as_bytes()];
        assert_eq!(unbundle(&bundle(records).unwrap()).unwrap(), records);
        assert_eq!(unbundle(&[]).unwrap(), Vec::<&[u8]>::new());
    }

    #[test]
    fn a_record_that_is_empty_or_too_long_is_refused() {
        assert_eq!(bundle([b"".as_slice()]), Err(BundleError::Length(0)));
        assert_eq!(bundle([vec![0; 65_536].as_slice()]), Err(BundleError::Length(65_536)));
        assert_eq!(unbundle(&[0, 0]), Err(BundleError::Length(0)));
    }

    #[test]
    fn a_torn_bundle_is_refused() {
        let bytes = bundle([b"abc".as_slice()]).unwrap();
        assert!((1..bytes.len()).all(|cut| unbundle(&bytes[..cut]) == Err(BundleError::Torn)));
    }
}
