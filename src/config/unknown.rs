//! Names that mean nothing: a slip of the pen must not be taken for a choice.

use super::{
    every,
    setting::variable,
    source::{Problem, Source},
};

/// Variables with our prefix that the server does not read, and who does.
pub(super) const NOT_OURS: &[(&str, &str)] = &[
    ("VISAVIS_CONFIG", "every command: the TOML file, as `--config`"),
    ("VISAVIS_CACHE", "the scripts: where they keep what they fetch and build"),
    ("VISAVIS_HOME_CACHE", "the Makefile"),
    ("VISAVIS_SITE", "the build: where the browser half lies"),
    ("VISAVIS_BIN", "tests and benchmarks: the program they start"),
    ("VISAVIS_CHROMIUM", "tests: the browser they start"),
    ("VISAVIS_TEST_*", "tests"),
    ("VISAVIS_END2END_*", "tests in a browser"),
    ("VISAVIS_BENCH_*", "benchmarks"),
    ("VISAVIS_BARE_*", "benchmarks"),
];

impl Source {
    /// Notes every name of the environment and the file that is no setting.
    pub(super) fn unknown(&mut self) {
        let keys: Vec<String> = every()
            .flat_map(|setting| {
                let file = setting.is_secret().then(|| setting.file_key());
                std::iter::once(setting.key.to_owned()).chain(file)
            })
            .collect();
        let variables: Vec<String> = keys.iter().map(|key| variable(key)).collect();
        let file = self.file.keys().filter(|key| !keys.contains(key)).map(|key| wrong(key, &keys));
        let env = self.env.keys().filter(|name| !variables.contains(name) && !not_ours(name));
        let found: Vec<Problem> = file.chain(env.map(|name| wrong(name, &variables))).collect();
        self.problems.extend(found);
    }
}

fn not_ours(name: &str) -> bool {
    NOT_OURS.iter().any(|(known, _)| match known.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == *known,
    })
}

fn wrong(name: &str, known: &[String]) -> Problem {
    let nearest = known.iter().min_by_key(|other| strsim::damerau_levenshtein(name, other));
    let hint = nearest.map_or(String::new(), |nearest| format!("; the nearest is {nearest}"));
    Problem { setting: name.to_owned(), what: format!("there is no such setting{hint}") }
}
