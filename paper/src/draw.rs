//! Pages drawn as a PDF: marks, structure, links, bookmarks, what is told of the paper, and the file inside it.

use std::collections::BTreeMap;

use krilla::action::Action;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::{Destination, XyzDestination};
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::{Path, PathBuilder, Point, Rect, Transform};
use krilla::metadata::{DateTime, Metadata, TextDirection};
use krilla::outline::{Outline as Bookmarks, OutlineNode};
use krilla::page::{Page as Sheet, PageSettings};
use krilla::paint::{Fill, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag};
use krilla::{Document, SerializeSettings};

use crate::PaperError;
use crate::block::{Attachment, Level, Paper};
use crate::clean::clean;
use crate::colour::Colour;
use crate::drawing::{Outline, Step};
use crate::face::{Case, Face};
use crate::flow::{MEASURE, Settled};
use crate::pages::{HEIGHT, LEFT, Page, WIDTH};
use crate::shape::{Anchor, Look, line, width};
use crate::strip::{Ink, Strip};
use crate::structure::Structure;

/// Places and where they are: page from zero, and how far from its top.
type Places = BTreeMap<Anchor, (usize, f32)>;

/// Draws settled pages.
pub(crate) fn draw(paper: &Paper, case: &Case, settled: &Settled) -> Result<Vec<u8>, PaperError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| PaperError::Standard(format!("{error:?}")))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let mut structure = settled.structure.clone();
    let places = places(&settled.pages);
    for (at, page) in settled.pages.iter().enumerate() {
        let size = PageSettings::from_wh(WIDTH, HEIGHT).unwrap_or_default();
        let mut sheet = document.start_page_with(size);
        let mut surface = sheet.surface();
        for (y, strip) in &page.strips {
            strip_drawn(&mut surface, case, strip, *y, &mut structure);
        }
        if at > 0 {
            foot(&mut surface, case, paper, at + 1, settled.pages.len());
        }
        surface.finish();
        for (y, strip) in &page.strips {
            links(&mut sheet, paper, strip, *y, &places, &mut structure);
        }
        sheet.finish();
    }
    document.set_tag_tree(structure.tree(&paper.language));
    document.set_outline(bookmarks(&settled.pages));
    document.set_metadata(metadata(paper));
    if let Some(attachment) = &paper.attachment {
        document.embed_file(embedded(attachment, paper.dated)?);
    }
    document.finish().map_err(|error| PaperError::Standard(format!("{error:?}")))
}

fn places(pages: &[Page]) -> Places {
    let mut found = Places::new();
    for (at, page) in pages.iter().enumerate() {
        for (y, strip) in &page.strips {
            for anchor in &strip.anchors {
                found.entry(anchor.clone()).or_insert((at, *y));
            }
        }
    }
    found
}

fn strip_drawn(surface: &mut Surface<'_>, case: &Case, strip: &Strip, y: f32, structure: &mut Structure) {
    surface.push_transform(&Transform::from_translate(LEFT, y));
    for piece in strip.pieces.iter().filter(|piece| !piece.inks.is_empty()) {
        let tag = match piece.leaf {
            Some(_) => ContentTag::Other,
            None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
        };
        let drawn = surface.start_tagged(tag);
        piece.inks.iter().for_each(|ink| inked(surface, case, ink));
        surface.end_tagged();
        if let Some(leaf) = piece.leaf {
            structure.mark(leaf, drawn);
        }
    }
    surface.pop();
}

fn inked(surface: &mut Surface<'_>, case: &Case, ink: &Ink) {
    match ink {
        Ink::Text { x, y, shaped } => {
            surface.set_stroke(None);
            surface.set_fill(Some(fill(shaped.colour)));
            let at = Point::from_xy(x + shaped.x, *y);
            surface.draw_glyphs(at, &shaped.glyphs, case.font(shaped.face), &shaped.text, shaped.size, false);
        }
        Ink::Shape { outline, fill: filled, stroke, dashed } => {
            let Some(path) = path(outline) else { return };
            surface.set_fill(filled.map(fill));
            surface.set_stroke(stroke.map(|(colour, width)| Stroke {
                paint: colour.paint().into(),
                width,
                dash: dashed.then(|| StrokeDash { array: vec![3.0, 2.5], offset: 0.0 }),
                ..Stroke::default()
            }));
            surface.draw_path(&path);
        }
    }
}

fn fill(colour: Colour) -> Fill {
    Fill { paint: colour.paint().into(), ..Fill::default() }
}

fn path(outline: &Outline) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for step in &outline.0 {
        match *step {
            Step::Move(x, y) => builder.move_to(x, y),
            Step::Line(x, y) => builder.line_to(x, y),
            Step::Bow(a, b, x, y) => builder.quad_to(a, b, x, y),
            Step::Close => builder.close(),
        }
    }
    builder.finish()
}

/// The foot of a page, which is no part of what is read out.
fn foot(surface: &mut Surface<'_>, case: &Case, paper: &Paper, page: usize, pages: usize) {
    let look = Look::new(Face::Sans, 7.4).in_colour(Colour::INK_3);
    let y = HEIGHT - 38.0;
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
    let rule = Outline::rectangle(LEFT, y - 13.0, MEASURE, 0.5);
    inked(surface, case, &Ink::Shape { outline: rule, fill: Some(Colour::LINE), stroke: None, dashed: false });
    let told = paper.page_told.replace("{page}", &page.to_string()).replace("{pages}", &pages.to_string());
    let right = line(case, &told, look);
    let end = width(&right);
    for shaped in right {
        inked(surface, case, &Ink::Text { x: LEFT + MEASURE - end, y, shaped });
    }
    let left = shortened(case, &paper.foot, look, MEASURE - end - 20.0);
    for shaped in line(case, &left, look) {
        inked(surface, case, &Ink::Text { x: LEFT, y, shaped });
    }
    surface.end_tagged();
}

/// A text that is not wider than that.
fn shortened(case: &Case, text: &str, look: Look, room: f32) -> String {
    let text: String = text.chars().take(300).collect();
    if width(&line(case, &text, look)) <= room {
        return text;
    }
    let mut short: String = text;
    while width(&line(case, &format!("{short}…"), look)) > room && short.pop().is_some() {}
    format!("{short}…")
}

fn links(sheet: &mut Sheet<'_>, paper: &Paper, strip: &Strip, y: f32, places: &Places, structure: &mut Structure) {
    for link in &strip.links {
        let Some((page, top)) = places.get(&link.to).copied() else { continue };
        let Some(area) = Rect::from_xywh(LEFT + link.left, y + link.top, link.width.max(1.0), link.height) else {
            continue;
        };
        let target = Target::Action(Action::Goto(Destination::Xyz(there(page, top))));
        let told = format!("{} {}", paper.link_told, page + 1);
        let annotation = Annotation::new_link(LinkAnnotation::new(area, target), Some(told));
        structure.mark(link.leaf, sheet.add_tagged_annotation(annotation));
    }
}

/// A place with some room above it.
fn there(page: usize, top: f32) -> XyzDestination {
    XyzDestination::new(page, Point::from_xy(0.0, (top - 14.0).max(0.0)))
}

fn bookmarks(pages: &[Page]) -> Bookmarks {
    let mut heads: Vec<(Level, String, XyzDestination)> = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        for (y, strip) in &page.strips {
            if let Some((level, text)) = &strip.bookmark {
                heads.push((*level, clean(text).replace('\n', " "), there(at, *y)));
            }
        }
    }
    let mut all = Bookmarks::new();
    let mut chapter: Option<OutlineNode> = None;
    for (level, text, to) in heads.into_iter().filter(|(level, ..)| *level != Level::Three) {
        let node = OutlineNode::new(text, to);
        match (level, &mut chapter) {
            (Level::Two, Some(chapter)) => chapter.push_child(node),
            _ => {
                if let Some(done) = chapter.replace(node) {
                    all.push_child(done);
                }
            }
        }
    }
    if let Some(last) = chapter {
        all.push_child(last);
    }
    all
}

fn date((year, month, day, hour, minute, second): (u16, u8, u8, u8, u8, u8)) -> DateTime {
    let date = DateTime::new(year).month(month).day(day).hour(hour).minute(minute).second(second);
    date.utc_offset_hour(0).utc_offset_minute(0)
}

fn metadata(paper: &Paper) -> Metadata {
    let short = |text: &str| clean(text).replace('\n', " ").chars().take(1000).collect::<String>();
    Metadata::new()
        .title(short(&paper.title))
        .description(short(&paper.description))
        .authors(vec![short(&paper.author)])
        .creator("Koinon".to_owned())
        .producer("Koinon".to_owned())
        .language(paper.language.clone())
        .document_id(paper.id.clone())
        .creation_date(date(paper.dated))
        .text_direction(TextDirection::LeftToRight)
}

fn embedded(attachment: &Attachment, dated: (u16, u8, u8, u8, u8, u8)) -> Result<EmbeddedFile, PaperError> {
    let media = MimeType::new(&attachment.media);
    let media = media.ok_or_else(|| PaperError::Standard(format!("{} is no media type", attachment.media)))?;
    Ok(EmbeddedFile {
        path: attachment.name.clone(),
        mime_type: Some(media),
        description: Some(attachment.description.clone()),
        association_kind: AssociationKind::Data,
        data: attachment.bytes.clone().into(),
        modification_date: Some(date(dated)),
        compress: Some(true),
        location: None,
    })
}
