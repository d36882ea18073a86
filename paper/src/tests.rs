//! Papers that are hard to set, set all the same.

use crate::*;

const PROSE: Look = Look::new(Face::Serif, 10.5);

fn paper(blocks: Vec<Block>) -> Paper {
    Paper {
        title: "A report".to_owned(),
        description: "A test".to_owned(),
        author: "Koinon".to_owned(),
        language: "en".to_owned(),
        id: "test".to_owned(),
        dated: (2022, 6, 30, 12, 0, 0),
        foot: "A report".to_owned(),
        page_told: "page {page} of {pages}".to_owned(),
        link_told: "page".to_owned(),
        blocks,
        attachment: None,
    }
}

fn head(text: &str) -> Block {
    Block::Head { level: Level::One, text: text.to_owned(), anchor: Anchor(text.to_owned()) }
}

fn text(text: &str) -> Block {
    Block::Text(Paragraph::of(vec![Run::new(text, PROSE)]))
}

fn table(rows: Vec<Row>) -> Block {
    Block::Table(Table {
        summary: "Rows".to_owned(),
        columns: vec![Column { share: 1.0, side: Side::Left }, Column { share: 2.0, side: Side::Right }],
        head: vec![vec![Run::new("What", PROSE)], vec![Run::new("How much", PROSE)]],
        has_row_heads: true,
        rows,
    })
}

fn row(one: &str, other: &str) -> Row {
    Row { cells: vec![vec![Run::new(one, PROSE)], vec![Run::new(other, PROSE)]], anchor: None }
}

/// What is drawn of a paper, page by page: how far down each strip ends, and the texts.
fn drawn(paper: &Paper) -> Vec<(f32, String)> {
    let case = face::Case::new().unwrap();
    let settled = flow::settled(paper, &case);
    let page = |page: &pages::Page| {
        let end = page.strips.iter().map(|(y, strip)| y + strip.height).fold(0.0, f32::max);
        let inks = page.strips.iter().flat_map(|(_, strip)| &strip.pieces).flat_map(|piece| &piece.inks);
        let texts = inks.filter_map(|ink| match ink {
            strip::Ink::Text { x, shaped, .. } => {
                assert!(x + shaped.x + shaped.width < pages::WIDTH, "{} runs off the page", shaped.text);
                Some(shaped.text.clone())
            }
            strip::Ink::Shape { .. } => None,
        });
        (end, texts.collect::<Vec<_>>().join("|"))
    };
    settled.pages.iter().map(page).collect()
}

#[test]
fn the_same_paper_is_the_same_bytes() {
    let one = paper(vec![head("Begin"), text("Some words."), table(vec![row("a", "1")])]);
    let first = set(&one).unwrap();
    assert!(first.starts_with(b"%PDF-1.7"));
    assert_eq!(first, set(&one).unwrap());
}

#[test]
fn a_thousand_rows_stay_on_their_pages_each_under_the_head() {
    let rows = (0..1000).map(|at| row(&format!("row {at}"), "1")).collect();
    let pages = drawn(&paper(vec![head("Rows"), table(rows)]));
    assert!(pages.len() > 15, "{}", pages.len());
    for (end, texts) in &pages {
        assert!(*end < pages::HEIGHT - 60.0, "{end}");
        assert!(texts.contains("How much"), "{texts}");
    }
    let all: String = pages.iter().map(|(_, texts)| format!("{texts}|")).collect();
    assert!((0..1000).all(|at| all.contains(&format!("|row {at}|"))));
}

#[test]
fn a_row_that_is_higher_than_a_page_is_divided() {
    let long = "word ".repeat(6000);
    let pages = drawn(&paper(vec![table(vec![row("long", &long), row("short", "1")])]));
    assert!(pages.len() > 5, "{}", pages.len());
    assert!(pages.iter().all(|(end, _)| *end < pages::HEIGHT - 60.0));
}

#[test]
fn hostile_texts_are_set() {
    let texts = [
        "x".repeat(5000),
        "서울특별시 北京市 👩\u{200d}👩\u{200d}👧 ✓".repeat(50),
        "\u{0}\u{1}\u{7f}\u{feff}\u{e000}\u{fffe}\u{10ffff}".to_owned(),
        "\u{202e}שלום עולם مرحبا بالعالم\u{202c}".repeat(20),
        "e\u{301}\u{301}\u{301}\u{301}".repeat(300),
        "\n\n\n".to_owned(),
        String::new(),
        "   ".to_owned(),
        "(\\)<<>>%PDF endstream".to_owned(),
    ];
    let mut blocks = Vec::new();
    for each in &texts {
        blocks.push(head(each));
        blocks.push(text(each));
        blocks.push(Block::List(List { items: vec![vec![Run::new(each.clone(), PROSE)]] }));
        blocks.push(table(vec![row(each, each)]));
    }
    let mut all = paper(blocks);
    all.title = texts.concat();
    all.foot = texts.concat();
    assert!(drawn(&all).iter().all(|(end, _)| *end < pages::HEIGHT - 60.0));
    set(&all).unwrap();
}

#[test]
fn the_contents_name_the_pages_where_heads_stand() {
    let blocks = vec![
        Block::Contents { title: "Contents".to_owned() },
        Block::NewPage,
        head("First"),
        text(&"word ".repeat(3000)),
        Block::NewPage,
        head("Second"),
    ];
    let pages = drawn(&paper(blocks));
    let at = pages.iter().position(|(_, texts)| texts.contains("Second") && !texts.contains("First")).unwrap() + 1;
    assert!(at > 3, "{at}");
    assert!(
        pages[0].1.ends_with(&format!("Second|{at}")) || pages[0].1.contains(&format!("Second|{at}|")),
        "{}",
        pages[0].1
    );
}

#[test]
fn a_head_never_stands_alone_at_the_foot() {
    for lines in 30..60 {
        let mut blocks: Vec<Block> = (0..lines).map(|at| text(&format!("line {at}"))).collect();
        blocks.push(head("Last"));
        blocks.push(text("after the head"));
        let pages = drawn(&paper(blocks));
        let with = pages.iter().find(|(_, texts)| texts.contains("Last")).unwrap();
        assert!(with.1.contains("after the head"), "{lines}");
    }
}
