//! Writing HTML: everything that comes from a file is escaped.

use std::fmt::Write as _;

/// A page being written.
#[derive(Debug, Default)]
pub(crate) struct Html(pub String);

/// What a text may not hold as it is, within an element or an attribute.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

impl Html {
    /// Markup, as it is.
    pub fn raw(&mut self, markup: &str) {
        self.0.push_str(markup);
        self.0.push('\n');
    }

    /// An element with a text in it.
    pub fn element(&mut self, tag: &str, text: &str) {
        let _ = writeln!(self.0, "<{tag}>{}</{tag}>", escaped(text));
    }

    pub fn paragraph(&mut self, text: &str) {
        self.element("p", text);
    }

    pub fn list<'t>(&mut self, items: impl IntoIterator<Item = &'t str>) {
        self.raw("<ul>");
        for item in items {
            self.element("li", item);
        }
        self.raw("</ul>");
    }

    /// A term and what is said of it.
    pub fn pair(&mut self, term: &str, text: &str) {
        let _ = writeln!(self.0, "<dt>{}</dt><dd>{}</dd>", escaped(term), escaped(text));
    }

    /// A row of a table; the first cell is its heading.
    pub fn row<'t>(&mut self, cells: impl IntoIterator<Item = &'t str>) {
        self.0.push_str("<tr>");
        for (n, cell) in cells.into_iter().enumerate() {
            let (open, close) = if n == 0 { ("<th scope=\"row\">", "</th>") } else { ("<td>", "</td>") };
            let _ = write!(self.0, "{open}{}{close}", escaped(cell));
        }
        self.0.push_str("</tr>\n");
    }

    /// The beginning of a table: caption and column headings.
    pub fn table<'t>(&mut self, caption: &str, columns: impl IntoIterator<Item = &'t str>) {
        let _ = write!(self.0, "<table><caption>{}</caption><thead><tr>", escaped(caption));
        for column in columns {
            let _ = write!(self.0, "<th scope=\"col\">{}</th>", escaped(column));
        }
        self.0.push_str("</tr></thead><tbody>\n");
    }

    /// The end of what [`Html::table`] began.
    pub fn end_table(&mut self) {
        self.raw("</tbody></table>");
    }

    /// Something to rule on: a number, what it is, and room for agreement, change and dissent.
    pub fn item(&mut self, number: &str, what: &str, details: &[String]) {
        let _ = writeln!(
            self.0,
            "<article class=\"item\"><h3><span class=\"number\">{number}</span> {}</h3>",
            escaped(what)
        );
        for detail in details.iter().filter(|detail| !detail.is_empty()) {
            self.paragraph(detail);
        }
        let _ = writeln!(
            self.0,
            "<div class=\"ruling\" role=\"group\" aria-label=\"Ruling on {number}\">\
             <label><input type=\"checkbox\"> right as it is</label>\
             <label><input type=\"checkbox\"> to be changed</label>\
             <label><input type=\"checkbox\"> I disagree with the others</label>\
             <label class=\"write\"><span>Ruling, and why</span><textarea rows=\"1\"></textarea></label></div></article>"
        );
    }
}
