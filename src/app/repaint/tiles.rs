//! What differs between two pictures, tile by tile, and the triangles that lie there.

use bevy_egui::egui;
use egui::epaint::{ClippedPrimitive, Mesh, Primitive, TextureId, Vertex};
use egui::{Color32, Pos2, Rect, pos2};

/// Side of a tile, in pixels.
const SIDE: u32 = 32;
/// With more pieces than this, one around all of them costs less.
const PIECES: usize = 10;

/// A window cut into tiles, each with a hash of the triangles that touch it, in their order.
#[derive(Default)]
pub struct Tiles {
    size: [u32; 2],
    scale: f32,
    hashes: Vec<u64>,
}

impl Tiles {
    /// Takes note of a picture of a window of this size in pixels; where it differs from the last one, in points.
    /// `None`: everywhere.
    pub fn changes(&mut self, jobs: &[ClippedPrimitive], size: [u32; 2], pixels_per_point: f32) -> Option<Vec<Rect>> {
        let columns = size[0].div_ceil(SIDE) as usize;
        let rows = size[1].div_ceil(SIDE) as usize;
        let side = SIDE as f32 / pixels_per_point;
        let mut hashes = vec![0_u64; columns * rows];
        for job in jobs {
            let Primitive::Mesh(mesh) = &job.primitive else {
                self.hashes.clear();
                return None;
            };
            let clip = [job.clip_rect.min, job.clip_rect.max].into_iter().fold(texture(mesh.texture_id), point);
            for corners in triangles(mesh) {
                let area = bounds(&corners).intersect(job.clip_rect);
                if !area.is_positive() {
                    continue;
                }
                let hash = corners.iter().fold(clip, |hash, corner| {
                    let color = u32::from_le_bytes(corner.color.to_array());
                    mix(point(point(hash, corner.pos), corner.uv), color.into())
                });
                for row in span(area.top(), area.bottom(), side, rows) {
                    for tile in span(area.left(), area.right(), side, columns) {
                        let tile = &mut hashes[row * columns + tile];
                        *tile = mix(*tile, hash);
                    }
                }
            }
        }
        let scale = pixels_per_point;
        let same_window = self.size == size && self.scale.to_bits() == scale.to_bits() && !self.hashes.is_empty();
        let before = std::mem::replace(self, Self { size, scale, hashes });
        same_window.then(|| {
            let dirty = |row: usize, column: usize| {
                let tile = row * columns + column;
                before.hashes.get(tile) != self.hashes.get(tile)
            };
            pieces(rows, columns, dirty).into_iter().map(|piece| piece * side).collect()
        })
    }
}

/// Rectangles of tiles that together are all the dirty ones, counted in tiles.
fn pieces(rows: usize, columns: usize, dirty: impl Fn(usize, usize) -> bool) -> Vec<Rect> {
    let mut pieces: Vec<Rect> = Vec::new();
    for row in 0..rows {
        let mut column = 0;
        while column < columns {
            let from = column;
            while column < columns && dirty(row, column) {
                column += 1;
            }
            if column > from {
                let run = Rect::from_min_max(pos2(from as f32, row as f32), pos2(column as f32, row as f32 + 1.0));
                let above = |p: &&mut Rect| (p.left(), p.right(), p.bottom()) == (run.left(), run.right(), run.top());
                match pieces.iter_mut().find(above) {
                    Some(piece) => piece.max.y = run.max.y,
                    None => pieces.push(run),
                }
            }
            column += 1;
        }
    }
    while pieces.len() > PIECES {
        join_cheapest(&mut pieces);
    }
    pieces
}

/// Makes one of the two pieces that waste least when they are one.
fn join_cheapest(pieces: &mut Vec<Rect>) {
    let mut cheapest = (f32::INFINITY, 0, 1);
    for (one, a) in pieces.iter().enumerate() {
        for (other, b) in pieces.iter().enumerate().skip(one + 1) {
            let waste = a.union(*b).area() - a.area() - b.area();
            if waste < cheapest.0 {
                cheapest = (waste, one, other);
            }
        }
    }
    let (_, one, other) = cheapest;
    let joined = pieces.swap_remove(other);
    pieces[one] = pieces[one].union(joined);
}

/// The same picture, but only within these areas, on this ground.
pub fn within(jobs: &[ClippedPrimitive], areas: &[Rect], ground: Color32) -> Vec<ClippedPrimitive> {
    let mut all = Vec::new();
    for &area in areas {
        let mut mesh = Mesh::default();
        mesh.add_colored_rect(area, ground);
        all.push(ClippedPrimitive { clip_rect: area, primitive: Primitive::Mesh(mesh) });
        for job in jobs {
            let clip_rect = job.clip_rect.intersect(area);
            let Primitive::Mesh(mesh) = &job.primitive else { continue };
            if !clip_rect.is_positive() {
                continue;
            }
            let mut part = Mesh::with_texture(mesh.texture_id);
            for corners in triangles(mesh).filter(|corners| bounds(corners).intersects(clip_rect)) {
                let first = u32::try_from(part.vertices.len()).unwrap_or(u32::MAX);
                part.vertices.extend(corners);
                part.add_triangle(first, first + 1, first + 2);
            }
            if !part.is_empty() {
                all.push(ClippedPrimitive { clip_rect, primitive: Primitive::Mesh(part) });
            }
        }
    }
    all
}

fn triangles(mesh: &Mesh) -> impl Iterator<Item = [Vertex; 3]> + '_ {
    mesh.triangles().filter_map(|corners| {
        let [a, b, c] = corners.map(|corner| mesh.vertices.get(corner as usize).copied());
        Some([a?, b?, c?])
    })
}

fn bounds(corners: &[Vertex; 3]) -> Rect {
    Rect::from_points(&corners.map(|corner| corner.pos))
}

/// The tiles between two places, none beyond the last; a pixel more at both ends for what is rounded.
fn span(from: f32, to: f32, side: f32, tiles: usize) -> std::ops::Range<usize> {
    let tile = |place: f32| (place / side).floor().max(0.0) as usize;
    let end = (tile(to + 1.0) + 1).min(tiles);
    tile(from - 1.0).min(end)..end
}

fn texture(id: TextureId) -> u64 {
    match id {
        TextureId::Managed(id) => mix(1, id),
        TextureId::User(id) => mix(2, id),
    }
}

fn point(hash: u64, at: Pos2) -> u64 {
    mix(hash, u64::from(at.x.to_bits()) << 32 | u64::from(at.y.to_bits()))
}

/// Not for anything that is kept: it only has to be quick.
fn mix(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(23) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: [u32; 2] = [640, 320];

    fn whole() -> Rect {
        Rect::from_min_size(Pos2::ZERO, egui::vec2(640.0, 320.0))
    }

    /// A window with a field at a place.
    fn picture(field: Rect, color: Color32) -> Vec<ClippedPrimitive> {
        let mut mesh = Mesh::default();
        mesh.add_colored_rect(whole(), Color32::BLACK);
        mesh.add_colored_rect(field, color);
        vec![ClippedPrimitive { clip_rect: whole(), primitive: Primitive::Mesh(mesh) }]
    }

    fn field() -> Rect {
        Rect::from_min_max(pos2(70.0, 70.0), pos2(90.0, 90.0))
    }

    #[test]
    fn the_first_picture_and_one_of_another_size_are_painted_whole() {
        let mut tiles = Tiles::default();
        let jobs = picture(field(), Color32::WHITE);
        assert_eq!(tiles.changes(&jobs, SIZE, 1.0), None);
        assert_eq!(tiles.changes(&jobs, [640, 352], 1.0), None);
        assert_eq!(tiles.changes(&jobs, [640, 352], 1.5), None);
    }

    #[test]
    fn nothing_is_painted_where_nothing_changed() {
        let mut tiles = Tiles::default();
        let jobs = picture(field(), Color32::WHITE);
        tiles.changes(&jobs, SIZE, 1.0);
        assert_eq!(tiles.changes(&jobs, SIZE, 1.0), Some(Vec::new()));
        assert!(within(&jobs, &[], Color32::BLACK).is_empty());
    }

    #[test]
    fn what_changes_is_covered_where_it_was_and_where_it_is() {
        let mut tiles = Tiles::default();
        tiles.changes(&picture(field(), Color32::WHITE), SIZE, 1.0);
        let moved = field().translate(egui::vec2(400.0, 150.0));
        let dirty = tiles.changes(&picture(moved, Color32::WHITE), SIZE, 1.0).expect("the window is the same");
        for place in [field(), moved] {
            assert!(dirty.iter().any(|piece| piece.contains_rect(place)), "{place} is not in {dirty:?}");
        }
        let area: f32 = dirty.iter().map(Rect::area).sum();
        assert!(area < whole().area() / 10.0, "{area} of {}", whole().area());
    }

    #[test]
    fn another_colour_is_a_change_and_pieces_stay_few() {
        let mut tiles = Tiles::default();
        let chequered = |color| {
            let mut jobs = Vec::new();
            for n in 0_u8..60 {
                let at = pos2(f32::from(n % 10) * 64.0 + 8.0, f32::from(n / 10) * 50.0 + 8.0);
                jobs.extend(picture(Rect::from_min_size(at, egui::vec2(4.0, 4.0)), color));
            }
            jobs
        };
        tiles.changes(&chequered(Color32::WHITE), SIZE, 1.0);
        let dirty = tiles.changes(&chequered(Color32::RED), SIZE, 1.0).expect("the window is the same");
        assert!((1..=PIECES).contains(&dirty.len()), "{}", dirty.len());
    }

    #[test]
    fn a_piece_is_painted_on_its_ground_and_clipped_to_itself() {
        let area = Rect::from_min_max(pos2(64.0, 64.0), pos2(96.0, 96.0));
        let jobs = within(&picture(field(), Color32::WHITE), &[area], Color32::BLACK);
        assert_eq!(jobs.len(), 2);
        assert!(jobs.iter().all(|job| area.contains_rect(job.clip_rect)));
        let elsewhere = Rect::from_min_max(pos2(320.0, 64.0), pos2(352.0, 96.0));
        let jobs = within(&picture(field(), Color32::WHITE), &[elsewhere], Color32::BLACK);
        let Some(Primitive::Mesh(mesh)) = jobs.last().map(|job| &job.primitive) else { panic!("a mesh") };
        assert!(mesh.vertices.iter().all(|corner| corner.color == Color32::BLACK), "the field is not there");
    }
}
