//! When each word of a clip is spoken: as its pack says, or worked out from how it is written.

/// The words of a line in the time of its clips, in milliseconds at the speed at which they were recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// When each word begins, then when the last one ends.
    at: Vec<u32>,
}

impl Words {
    /// Of a line whose clips, one after the other, hold these words, last so long in milliseconds, and have their words
    /// begin then, in hundredths of a second, where that is known.
    pub fn new(text: &str, clips: &[(&str, u32, &[u16])]) -> Self {
        let whole = clips.iter().map(|(_, long, _)| *long).fold(0, u32::saturating_add);
        let words = text.split(' ').count();
        let in_clips: usize = clips.iter().map(|(text, ..)| text.split(' ').count()).sum();
        let mut at = vec![0];
        if words == in_clips {
            for (text, long, begins) in clips {
                if begins.len() == text.split(' ').count() {
                    add_known(&mut at, begins, *long);
                } else {
                    add(&mut at, text, *long);
                }
            }
        } else {
            add(&mut at, text, whole);
        }
        Self { at }
    }

    /// How long the clips are.
    pub fn long(&self) -> u32 {
        self.at.last().copied().unwrap_or(0)
    }

    /// The moment between `from` and `until` at which the line is when its clips have come to `position`, where every
    /// word takes as long as any other between the two.
    pub fn moment(&self, position: u32, from: u32, until: u32) -> u32 {
        let words = self.at.len() as u64 - 1;
        let begun = self.at.partition_point(|at| *at <= position);
        if begun > words as usize || words == 0 {
            return until;
        }
        let (word, next) = (self.at[begun - 1], self.at[begun]);
        let within = u64::from(position - word) * 1000 / u64::from((next - word).max(1));
        let spoken = (begun as u64 - 1) * 1000 + within;
        // Rounded up: a word that has begun is not to be missed by a thousandth.
        let passed = (u64::from(until.saturating_sub(from)) * spoken).div_ceil(words * 1000);
        from.saturating_add(u32::try_from(passed).unwrap_or(u32::MAX)).min(until)
    }

    /// How long from `position` until the next word begins, or the last one ends.
    pub fn to_next(&self, position: u32) -> Option<u32> {
        self.at.iter().find(|at| **at > position).map(|at| at - position)
    }
}

/// Adds the words of one clip, of which it is known when they begin. The first has the silence before it.
fn add_known(at: &mut Vec<u32>, begins: &[u16], long: u32) {
    let begin = at.last().copied().unwrap_or(0);
    let later = begins.iter().skip(1).map(|hundredths| (u32::from(*hundredths) * 10).min(long));
    at.extend(later.chain([long]).map(|after| begin.saturating_add(after)));
}

/// Adds the words of one clip, which lasts so long.
fn add(at: &mut Vec<u32>, text: &str, long: u32) {
    let begin = at.last().copied().unwrap_or(0);
    let weights: Vec<u64> = text.split(' ').map(weight).collect();
    let all = weights.iter().sum::<u64>().max(1);
    let mut passed = 0;
    for weight in weights {
        passed += weight;
        let end = u64::from(long) * passed / all;
        at.push(begin.saturating_add(u32::try_from(end).unwrap_or(u32::MAX)));
    }
}

/// How long a word takes beside others: its letters, its figures spoken in full, and the pause after it.
fn weight(word: &str) -> u64 {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count() as u64;
    let figures = word.chars().filter(char::is_ascii_digit).count() as u64;
    let pause = match word.chars().rev().find(|c| !matches!(c, '"' | '”' | '’' | '\'' | ')')) {
        Some('.' | '?' | '!' | '…') => 6,
        Some(',' | ';' | ':' | '–' | '—') => 4,
        _ => 0,
    };
    2 + letters + 4 * figures + pause
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_takes_as_long_as_it_is_and_a_pause_is_heard_after_a_comma() {
        let words = Words::new("Well, it hurts", &[("Well, it hurts", 1000, &[])]);
        assert_eq!(words.long(), 1000);
        // "Well," has 2 + 4 + 4, "it" 4, "hurts" 7.
        assert_eq!(words.to_next(0), Some(476));
        assert_eq!(words.to_next(476), Some(190));
        assert_eq!(words.to_next(1000), None);
    }

    #[test]
    fn each_clip_holds_its_own_words() {
        let words = Words::new("Like I said, no.", &[("Like I said,", 900, &[]), ("no.", 300, &[])]);
        let begins: Vec<u32> = words.at.clone();
        assert_eq!((begins[3], begins[4]), (900, 1200));
        // A clip that has been left out leaves its words to the others.
        let words = Words::new("– no.", &[("no.", 300, &[])]);
        assert_eq!((words.at.len(), words.long()), (3, 300));
    }

    #[test]
    fn what_the_pack_knows_of_its_words_counts() {
        let words = Words::new("Like I said, no.", &[("Like I said,", 900, &[3, 40, 52]), ("no.", 300, &[])]);
        assert_eq!(words.at, [0, 400, 520, 900, 1200]);
        // Of another text, it is no knowledge.
        let guessed = Words::new("it hurts", &[("it hurts", 900, &[3, 40, 52])]);
        assert_eq!(guessed, Words::new("it hurts", &[("it hurts", 900, &[])]));
    }

    #[test]
    fn a_line_is_where_its_voice_is() {
        let words = Words::new("one two three four", &[("one two three four", 800, &[])]);
        assert_eq!(words.moment(0, 1000, 2320), 1000);
        // Each word has a quarter of the line, wherever it is in the clip.
        for (n, at) in words.at.iter().enumerate().take(4) {
            assert_eq!(words.moment(*at, 1000, 2320), 1000 + 330 * n as u32, "word {n}");
        }
        assert!(words.moment(799, 1000, 2320) < 2320);
        assert_eq!(words.moment(800, 1000, 2320), 2320);
        assert_eq!(words.moment(u32::MAX, 1000, 2320), 2320);
        // It never goes back.
        let all: Vec<u32> = (0..=800).map(|position| words.moment(position, 0, 990)).collect();
        assert!(all.is_sorted());
    }
}
