//! Cosignatures of witnesses (C2SP tlog-cosignature, cosignature/v1): at that time, this witness had seen nothing that
//! contradicts the checkpoint.

/// A witness's signature with the time it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosignature {
    /// Seconds since 1970.
    pub time: u64,
    /// Ed25519 over [`cosigned_message`].
    pub signature: [u8; 64],
}

impl Cosignature {
    /// Takes a cosignature from the bytes of its signature line, after the key id.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let (time, signature) = bytes.split_first_chunk::<8>()?;
        Some(Self { time: u64::from_be_bytes(*time), signature: signature.try_into().ok()? })
    }
}

/// What a witness signs: a header, the time, and the checkpoint's text.
pub fn cosigned_message(time: u64, checkpoint: &[u8]) -> Vec<u8> {
    [format!("cosignature/v1\ntime {time}\n").as_bytes(), checkpoint].concat()
}
