//! What `--help` says below the options: examples, the query language, exit codes.

pub(super) const INDEX: &str = "\
Examples:
  newsdex index ~/archive                   all files below the folder
  newsdex index                             again: only what changed is read
  newsdex index ~/archive --include '*.txt' --exclude 'drafts/**'
  newsdex index --forget-options            all files again
  newsdex index --dry-run                   what would be done, file by file
  newsdex index --quiet --report run.json   for a job at night; newsdex schedule prints one
  newsdex index --checksum                  trust no time stamp
  newsdex index --rebuild                   all of it again, while searches go on in the old index

The index remembers with each archive the options that say what of it is indexed, and how: --include, --exclude, --format, \
--map, --withheld. Later runs go by them and say so in their first lines. If one of them is given, those given replace all \
that were remembered of the archives of that run; files that are left out then are taken out of the index.

Of an item that stands in several files in several versions, by the id that its sender gives it everywhere (NewsML, NITF, \
ninjs), only the highest version is found, and none if that was withdrawn or is under an embargo; the others are kept, and \
found again when it is gone.

Exit codes: 0 done, 2 failed, 3 done but some files could not be read or unpacked (named in the report), 4 stopped by \
a signal. Files that are no articles are named in the report, too, and are no fault.";

pub(super) const SEARCH: &str = "\
The query language:
  talks sanctions            both words, in any form (talk, talking, …); =talks that form alone
  \"nuclear talks\"            the phrase; \"nuclear talks\"~3 with up to 3 words between
  a AND b, a OR b, NOT a, a -b, ( )   operators in capitals; put -- before a query that begins with -
  wom?n  terror*  *ship  colour~1  /gr[ae]y/
  iran w/5 talks             within 5 words, either order; pre/5 in that order; w/s, w/p same sentence, paragraph
                             (a headline is one sentence); not w/5: no b near
  atleast3(sanctions)        three times or more
  title:talks lead:talks     in the headline, in the first paragraph
  said:\"new round\"           in a quotation; with speaker: in a quotation by that speaker
  speaker:shamkhani person:\"Ali Shamkhani\" agency:mehr byline:doe city:tehran role:minister
  country:IR about:iran from:iran   mentioned, in focus, of the dateline
  date:2020..2021-06 year:2020 words:500..
  license:CC-BY-4.0 license:open license:unknown language:fr has:quotes -has:date

Examples:
  newsdex search 'terror* w/5 region speaker:shamkhani'
  newsdex search 'license:open from:KE' --facet speaker --facet month:12
  newsdex search drought --from 2019 --to 2020-06 --sort newest
  newsdex search drought --csv > drought.csv        all hits, not only the first page
  newsdex search drought --parquet drought.parquet  the same as typed columns, with the text
  newsdex search 'drought rivers crops' --any       any of the words; more are better
  newsdex search drought --receipt drought.json     then: newsdex verify drought.json

Exit codes: 0 found, 1 nothing found, 2 failed.";

pub(super) const FACETS: &str = "\
Examples:
  newsdex facets speaker                    who is quoted most
  newsdex facets speaker 'drought country:KE' --match zar
  newsdex facets license --csv";

pub(super) const QUOTES: &str = "\
Examples:
  newsdex quotes drought                    quotations about it
  newsdex quotes --speaker shamkhani        everything that he is quoted with
  newsdex quotes 'terror* country:IR' --kind direct --csv > quotes.csv
  newsdex quotes drought --group            who says most about it";

pub(super) const PEOPLE: &str = "\
Similar names are other people, or other spellings that the archive has of the name; they are not counted in. Names \
that are one person's, and a name that is two people's, are put right in aliases.toml in the folder of the index, or \
in the file that --aliases names; it is heeded by all commands, without indexing again:

  [[person]]
  name = \"Ali Shamkhani\"
  also = [\"A. Shamkhani\", \"Ali Shamkhany\"]

  [[person]]
  name = \"George Bush (father)\"
  of = \"George Bush\"
  where = \"date:..1993\"           # any query; it is asked of the article

Examples:
  newsdex people shamkhani                  whoever has that name
  newsdex people 'Ali Shamkhani' --from 2013 --to 2015
  newsdex people odera 'drought country:KE' --csv > odera.csv

Exit codes: 0 found, 1 nobody found (the nearest names are shown), 2 failed.";

pub(super) const SHOW: &str = "\
Examples:
  newsdex show sample_corpus/wire/2021/02/27/talks.txt
  newsdex show ID --json | jq .quotes";

pub(super) const TIMELINE: &str = "\
Examples:
  newsdex timeline drought --by month
  newsdex timeline drought --by year --relative --csv
  newsdex timeline drought --compare flood --compare 'fire*' --by month
  newsdex timeline drought --compare flood --plot water.svg";

pub(super) const FORMATS: &str = "\
The format of a file is told by its content, then by its name. Files that are packed with gzip, bzip2, xz, zstd or lz4
are unpacked, and zip and tar archives are looked into.

Examples:
  newsdex formats
  newsdex extract --format csv --map title=kop --map body=tekst export.dat";

pub(super) const EXTRACT: &str = "\
One JSON object an article; offsets count Unicode code points in `body`, [start, end).

Examples:
  newsdex extract article.txt | jq .quotes
  newsdex extract ~/archive > archive.jsonl

Exit codes: 0 done, 2 failed, 3 done but some files were skipped (named on standard error).";

pub(super) const HISTORY: &str = "\
Times are UTC. Runs of a year are remembered, what they changed for a month (and no more than 512 MB of it).

Examples:
  newsdex history
  newsdex history --jsonl | jq 'select(.ending != \"done\")'";

pub(super) const DIFF: &str = "\
+ added, ~ changed, - removed. Of a changed article: the sentences that were taken out and put in, and the values that \
are others.

Examples:
  newsdex diff                              the last run that changed something
  newsdex diff 12 --csv > changes.csv
  newsdex diff --json | jq .facets.speaker

Exit codes: 0 done, 1 the run changed nothing, 2 failed.";

pub(super) const CHECK: &str = "\
Looks at the checksums of all files of the index, for files that belong to no commit, and, for every file of the \
archive, whether the articles are there that the index says it gave. --repair removes what belongs to no commit, reads \
again the files that are wrong, and builds the index again if one of its files is damaged.

Examples:
  newsdex check
  newsdex check --repair

Exit codes: 0 all is well, 1 something is wrong, 2 failed.";

pub(super) const SCHEDULE: &str = "\
Only prints. What stands behind -- is handed to newsdex index.

Examples:
  newsdex schedule --systemd --at 02:30
  (crontab -l; newsdex schedule --cron) | crontab -
  newsdex schedule --cron -- --exclude 'drafts/**' --metrics /var/lib/node_exporter/newsdex.prom";

pub(super) const CONCORDANCE: &str = "\
Exports name the article of each line, and hold all lines.

Examples:
  newsdex concordance drought
  newsdex concordance 'terror* country:IR' --sort right --width 30
  newsdex concordance sanctions --group left       which words stand before it
  newsdex concordance sanctions --csv > lines.csv

Exit codes: 0 found, 1 nothing found, 2 failed.";

pub(super) const SIMILAR: &str = "\
Examples:
  newsdex similar sample_corpus/wire/2021/02/27/talks.txt
  newsdex similar ID --limit 3 --json | jq -r '.hits[].id'

Exit codes: 0 found, 1 nothing found, 2 failed.";

pub(super) const COMPARE: &str = "\
A word's or value's number is its log-likelihood: above 3.84, chance gives it in one case of twenty. The screen shows \
no lower ones, exports show all.

Examples:
  newsdex compare 'drought country:KE' 'drought country:FR'
  newsdex compare license:open 'NOT license:open' --csv > keys.csv

Exit codes: 0 done, 1 one of the queries finds nothing, 2 failed.";

pub(super) const EXPLAIN: &str = "\
Each line is a clause with the number of articles that it finds on its own.

Examples:
  newsdex explain 'drought (river OR lake) -country:FR'
  newsdex explain 'terror* w/5 region' --json | jq .clause.count

Exit codes: 0 found, 1 nothing found, 2 failed.";

pub(super) const WHY: &str = "\
Each line is a clause: ✓ the article fulfils it, ✗ it does not.

Examples:
  newsdex why 'drought -country:FR' sample_corpus/wire/2021/02/27/talks.txt
  newsdex why 'said:water' ID --json | jq .because

Exit codes: 0 the query finds the article, 1 it does not, 2 failed.";

pub(super) const VERIFY: &str = "\
Examples:
  newsdex search drought --receipt drought.json
  newsdex verify drought.json

Exit codes: 0 the result holds, 1 it does not, 2 failed.";

pub(super) const TREC: &str = "\
Prints `topic Q0 article rank score newsdex`, as trec_eval reads it. Any word of a topic is enough to be ranked.

Examples:
  newsdex trec topics.tsv > run.txt
  newsdex trec topics.jsonl --expand --depth 100

Exit codes: 0 ranked, 1 nothing found, 2 failed.";
