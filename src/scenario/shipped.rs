//! The scenarios that Rightcall ships with.

macro_rules! shipped {
    ($($slug:literal),* $(,)?) => {
        &[$(($slug, include_str!(concat!("../../scenarios/", $slug, ".ron")))),*]
    };
}

/// Slug and text of every shipped scenario, in the order of the slugs. Kept by hand so that no build
/// script is needed; a test holds it against the folder.
pub fn shipped() -> &'static [(&'static str, &'static str)] {
    shipped![
        "back-mechanical",
        "back-saddle-numb",
        "filling-in-a-tissue",
        "inhaler-short-sentences",
        "inhaler-weekend",
        "syringe-driver-sunday",
        "throat-plain",
        "tooth-and-temper",
        "trampoline-wrist",
        "water-infection-sixty-eight",
        "wife-mixed-words",
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn list_and_folder_agree() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let mut found = BTreeSet::new();
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            found.extend(name.strip_suffix(".ron").map(str::to_owned));
        }
        let listed: BTreeSet<_> = super::shipped().iter().map(|(slug, _)| (*slug).to_owned()).collect();
        assert_eq!(listed, found);
    }
}
