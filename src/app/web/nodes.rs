//! The tree of the widgets as a list of elements.

use std::collections::BTreeMap;

use bevy_egui::egui::accesskit::{Action, Live, Node, NodeId, Role, Toggled, TreeUpdate};
use serde::Serialize;

use crate::app::theme::icons::without_icons;

/// One element, as `web/page/mirror.js` reads it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Element {
    pub id: String,
    pub role: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Left, top, width, height in pixels of the page.
    pub at: [i32; 4],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<bool>,
    #[serde(skip_serializing_if = "is_false")]
    pub off: bool,
    #[serde(skip_serializing_if = "is_false")]
    pub focusable: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub live: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub controls: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<f64>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(on: &bool) -> bool {
    !*on
}

/// Elements in the order of the page, each with the place of its parent's id (0: the page itself).
#[derive(Default)]
pub struct Elements {
    pub all: Vec<(Element, u64)>,
}

/// What an element is to be, and whether others stand in it.
struct Kind {
    role: &'static str,
    holds: bool,
}

fn kind(node: &Node, named: bool) -> Option<Kind> {
    let leaf = |role| Some(Kind { role, holds: false });
    let holds = |role| Some(Kind { role, holds: true });
    let touched = node.supports_action(Action::Click);
    let focused = node.supports_action(Action::Focus);
    match node.role() {
        Role::TextRun => None,
        Role::Label => leaf("label"),
        Role::Heading => leaf("heading"),
        Role::Button | Role::DefaultButton | Role::ColorWell | Role::DisclosureTriangle => leaf("button"),
        Role::Link => leaf("link"),
        Role::CheckBox => leaf("checkbox"),
        Role::Switch => leaf("switch"),
        Role::RadioButton => leaf("radio"),
        Role::Tab => leaf("tab"),
        Role::ComboBox => leaf("combo"),
        Role::EditableComboBox => leaf("editcombo"),
        Role::TextInput | Role::SearchInput => leaf("text"),
        Role::MultilineTextInput => leaf("area"),
        Role::PasswordInput => leaf("password"),
        Role::Slider => leaf("slider"),
        Role::SpinButton => leaf("spinbutton"),
        Role::ProgressIndicator | Role::Meter => named.then_some(Kind { role: "img", holds: false }),
        Role::Image => named.then_some(Kind { role: "img", holds: false }),
        Role::Status => leaf("status"),
        Role::Alert => leaf("alert"),
        Role::ListBoxOption => leaf("option"),
        Role::MenuItem => leaf("button"),
        Role::ListItem => holds("listitem"),
        Role::Navigation => holds("navigation"),
        // The page has its own.
        Role::Main => None,
        Role::Region => holds("region"),
        Role::Group if named => holds("group"),
        Role::Dialog | Role::AlertDialog => holds("dialog"),
        Role::Log => holds("log"),
        Role::List => holds("list"),
        Role::ListBox => holds("listbox"),
        Role::RadioGroup => holds("radiogroup"),
        Role::TabList => holds("tablist"),
        Role::Table => holds("table"),
        Role::Grid => holds("grid"),
        Role::GridCell => leaf("gridcell"),
        Role::Row => holds("row"),
        Role::Cell => holds("cell"),
        // One that has a name of its own says it; another is named by what stands in it.
        Role::ColumnHeader if named => leaf("head"),
        Role::ColumnHeader => holds("columnheader"),
        Role::RowHeader => holds("rowheader"),
        _ if named && touched && focused => leaf("button"),
        _ if named && focused => leaf("spot"),
        _ if named => leaf("label"),
        _ => None,
    }
}

impl Elements {
    /// The elements for a tree. `scale` is how many pixels of the page a point is.
    pub fn of(tree: &TreeUpdate, scale: f64) -> Self {
        let nodes: BTreeMap<NodeId, &Node> = tree.nodes.iter().map(|(id, node)| (*id, node)).collect();
        let mut elements = Self::default();
        if let Some(root) = tree.tree.as_ref().map(|tree| tree.root).and_then(|root| nodes.get(&root)) {
            let walk = Walk { nodes: &nodes, scale };
            for child in root.children() {
                walk.add(&mut elements, *child, 0, false);
            }
        }
        elements
    }
}

struct Walk<'a> {
    nodes: &'a BTreeMap<NodeId, &'a Node>,
    scale: f64,
}

impl Walk<'_> {
    fn add(&self, elements: &mut Elements, id: NodeId, parent: u64, in_log: bool) {
        let Some(node) = self.nodes.get(&id) else { return };
        if node.is_hidden() {
            return;
        }
        let name = self.name(node);
        let mut parent = parent;
        let mut log = in_log;
        let focusable = node.supports_action(Action::Focus);
        if let Some(kind) = kind(node, !name.is_empty()) {
            // The lines of a log come from the call, whatever part of it is painted.
            let is_line = in_log && matches!(kind.role, "label");
            let says = !name.is_empty() || kind.holds || focusable;
            if says && !is_line {
                elements.all.push((self.element(id, node, &kind, name, focusable), parent));
            }
            if kind.holds {
                parent = id.0;
                log |= kind.role == "log";
            }
        } else if focusable && node.role() != Role::TextRun && node.supports_action(Action::Click) {
            // Something that can be pressed and says nothing: found by tests, not by people.
            let kind = Kind { role: "button", holds: false };
            elements.all.push((self.element(id, node, &kind, String::new(), true), parent));
        }
        for child in node.children() {
            self.add(elements, *child, parent, log);
        }
    }

    fn name(&self, node: &Node) -> String {
        let own = match node.role() {
            Role::Label | Role::Status => node.value().or(node.label()),
            _ => node.label(),
        };
        let by = || {
            let labels = node.labelled_by().iter().filter_map(|id| self.nodes.get(id));
            labels.filter_map(|label| label.value().or(label.label())).collect::<Vec<_>>().join(" ")
        };
        without_icons(&own.map_or_else(by, str::to_owned))
    }

    fn element(&self, id: NodeId, node: &Node, kind: &Kind, name: String, focusable: bool) -> Element {
        let bounds = node.bounds().unwrap_or_default();
        let at = [bounds.x0, bounds.y0, bounds.width(), bounds.height()];
        let is_field = matches!(kind.role, "text" | "area" | "password" | "editcombo");
        let value = node.value().filter(|_| is_field || matches!(kind.role, "combo" | "slider" | "spinbutton"));
        let there = |id: &NodeId| self.nodes.contains_key(id);
        Element {
            id: id.0.to_string(),
            role: kind.role,
            value: value.map(|value| if is_field { value.to_owned() } else { without_icons(value) }),
            hint: node.placeholder().filter(|_| is_field).map(without_icons).filter(|hint| !hint.is_empty()),
            at: at.map(|length| (length * self.scale).round().clamp(-1e6, 1e6) as i32),
            on: node.toggled().map(|toggled| toggled == Toggled::True).or(node.is_selected()),
            open: node.is_expanded(),
            off: node.is_disabled(),
            focusable,
            level: node.level(),
            live: match node.live() {
                Some(Live::Assertive) => Some("assertive"),
                Some(Live::Polite) => Some("polite"),
                _ => None,
            },
            active: node.active_descendant().filter(there).map(|id| id.0.to_string()),
            controls: node.controls().first().filter(|id| there(id)).map(|id| id.0.to_string()),
            number: node.numeric_value(),
            name,
        }
    }
}
