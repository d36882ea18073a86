//! Full text: the rows of a collection that carry the words, best first. Answered of now only.

use koinon_projections::{plain, shape};

use super::{ListQuery, Moment, Page, ViewError, Views};

/// The most words that are looked at.
const MOST: usize = 16;

/// The words of a text as searches see them: small, without accents, without what stands between them.
pub fn tokens(text: &str) -> Vec<String> {
    let text = plain(text);
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(MOST).map(str::to_owned).collect()
}

impl Views {
    /// The rows of a collection that carry every word of `q`, the last one by its beginning, best first: at most
    /// `limit` of them.
    ///
    /// # Errors
    /// [`ViewError`] when there is no such collection or filter, or nothing can be read.
    pub async fn search(&self, collection: &str, query: &ListQuery) -> Result<Page, ViewError> {
        let shape = shape(collection).ok_or_else(|| ViewError::Collection(collection.to_owned()))?;
        let tokens = query.q.as_deref().map(tokens).unwrap_or_default();
        if tokens.is_empty() {
            return Ok(Page { items: Vec::new(), next: None, position: self.applied() });
        }
        let wanted = self.wanted(shape, query, Moment::Live).await?;
        let rows = self.tables().search(shape, tokens, wanted).await?;
        let items = rows.items.into_iter().map(|(_, doc)| doc).collect();
        Ok(Page { items, next: None, position: rows.position })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_parted_as_people_write_them() {
        assert_eq!(tokens("Waste-to-energy, “Αθήνα”!"), ["waste", "to", "energy", "αθηνα"]);
        assert_eq!(tokens("% _ ' \" *"), [""; 0]);
    }
}
