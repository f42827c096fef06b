//! The text of `--help` below the options: examples, the query language, exit codes.

pub(super) const INDEX: &str = "\
Examples:
  newsdex index ~/archive                   all files below the folder
  newsdex index                             again: only what changed is read
  newsdex index ~/archive --include '*.txt' --exclude 'drafts/**'
  newsdex index --forget-options            all files again
  newsdex index --dry-run                   what would be done, file by file
  newsdex index --quiet --report run.json   for a nightly job; newsdex schedule prints one
  newsdex index --checksum                  compare contents, not time stamps
  newsdex index --rebuild                   all of it again; the old index is searched meanwhile

The index remembers for each archive which files are indexed, and how: --include, --exclude, --format, --map, --withheld, \
--follow-links-outside. \
Later runs use these options and print them first. If one of them is given, the options given replace all remembered \
ones of the archives of that run; files that they leave out are removed from the index.

The id of an article begins with the name of its archive and the path of its file. Where a file may hold several articles, \
`#` follows, and what its sender calls it, else its web address, else a digest of its headline and text. A second \
record of the same name has the digest behind it, too; equal ones are numbered. So records that come and go change no id but \
that of their namesakes. newsdex show prints a link, the id with the digest behind an @: it \
finds the article after its file was renamed.

Fields of JSON, CSV, XML and front matter that hold no part of an article are kept under their path (newsdex facets meta): \
values up to 1 KB, a thousand names a file. --map body=alinea, or --map byline=member.name for a nested field, says which one \
holds a part.

The name of an archive is that of its folder, or the one given with --name. A second archive whose folder has the same name gets \
another one. An archive that was moved is not indexed twice: --moved-from FOLDER keeps its name and its ids.

A run that would take away more than a tenth of the articles of an archive and more than 20, or more than half of them and at \
least 10, or all of them, changes nothing and exits with 2, unless --allow-mass-delete is given: more likely a disk is not \
mounted. Where the folder is on another device than in the last run, no article may be missing.

Of an item with several versions, in whatever files, under the id that its sender gives it (NewsML, NITF, ninjs), only the \
highest is found, and none if that was withdrawn or is under an embargo. The others are kept, and found again when it is \
gone.

A file that was indexed and is damaged now (empty, cut off, or changed on a bad disk: it does not unpack to its end, or \
ends in the middle of a record) keeps its articles as of its last good version, also through --rebuild. Of a file that was \
damaged from the first, what can be read is indexed; newsdex show and check say so. Both are named every night, with the \
byte, until the file is mended or removed; --accept-damaged reads them as they are. Records that are not what their format \
wants are counted and named with the first of them.

Records are read up to 16 MB, and of an article 2 MB of text (UTF-8) are indexed; all that is packed in a file may have 200 \
times its bytes, and 64 MB in any case. What is longer is cut there and named. Symbolic links that lead out of the archive are named and not followed, \
unless --follow-links-outside is given.

Exit codes: 0 done, 2 failed, 3 done but some files or records could not be read, or are damaged (named in the report), 4 \
stopped by a signal. Files that are no articles are also named in the report, but are no fault.";

pub(super) const SEARCH: &str = "\
The query language:
  talks sanctions            both words, in any form (talk, talking, …)
  =talks  =président         that form alone, with these accents; ==May with these capitals too
  AIDS  US                   a word in capitals among others that are not: that form alone (not aid), in capitals or not
  muller  mueller  müller    each finds Müller; mueller does not find Muller, nor muller Mueller
  e-mail  1,000              email and e mail, 1000 and 1.000 too; email and 1000 find these
  \"nuclear talks\"            the phrase; \"nuclear talks\"~3 with up to 3 words between
  a AND b, a OR b, NOT a, a -b, ( )   operators in capitals; put -- before a query that begins with -
  wom?n  terror*  *ship  colour~1  /gr[ae]y/
  iran w/5 talks             within 5 words, either order; pre/5 in that order; w/s, w/p same sentence, paragraph
                             (a headline is one sentence); not w/5: no talks near
  atleast3(sanctions)        three times or more
  title:talks lead:talks     in the headline, in the first paragraph
  said:\"new round\"           in a quotation; with speaker: in a quotation by that speaker
  speaker:shamkhani agency:mehr byline:doe city:tehran role:prime-minister   words of the name, hyphens for those in a row
  person:\"Ali Shamkhani\" role:\"minister\" agency:\"AP\"   the whole value, as facets print it: as many as they count
  country:IR about:iran from:iran   mentioned, in focus, of the dateline
  date:2020..2021-06 year:2020 words:500..
  meta.member.party:R meta.votes:10..20   other fields of the files, under their path; facets meta lists them
  license:CC-BY-4.0 license:open license:unknown language:fr has:quotes -has:date
A whole value that no article has as typed is sought with * and ? as wildcards, by an agency's code or former name, else in \
any case and without accents; behind = always: speaker:\"=ali shamkhani\". A quotation mark or backslash in a value has a \
backslash before it.
A field that there is not is an error. Other doubts are warnings (a range that ends before it begins, `a or b` in small \
letters); with --strict they are errors, too, and with --lenient nothing is.
A query has at most 2048 words, and its wildcards, expressions and fuzzy words stand for so much and no more: beyond that it is \
an error that names the clause. So is one that takes longer than --timeout SECONDS (30; 0 for no end): there is no part of an \
answer. Rows that --jsonl and --csv printed before are followed by exit code 2.

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
  newsdex facets license --csv
  newsdex facets meta                       other fields that the files state; then facets meta.NAME
  newsdex facets role --json | jq -r '.facets[0].values[].query'   queries that find what is counted";

pub(super) const QUOTES: &str = "\
Examples:
  newsdex quotes drought                    quotations about it
  newsdex quotes --speaker shamkhani        all his quotations
  newsdex quotes 'terror* country:IR' --kind direct --csv > quotes.csv
  newsdex quotes drought --group            by speaker, most quoted first";

pub(super) const PEOPLE: &str = "\
Similar names may be other people or other spellings of the name; they are not counted. The file aliases.toml in the \
folder of the index, or the one given by --aliases, merges the names of one person and splits a name of two people. All \
commands apply it, without indexing again:

  [[person]]
  name = \"Ali Shamkhani\"
  also = [\"A. Shamkhani\", \"Ali Shamkhany\"]

  [[person]]
  name = \"George Bush (father)\"
  of = \"George Bush\"
  where = \"date:..1993\"           # any query that finds the articles

Examples:
  newsdex people shamkhani                  all people of that name
  newsdex people 'Ali Shamkhani' --from 2013 --to 2015
  newsdex people odera 'drought country:KE' --csv > odera.csv

Exit codes: 0 found, 1 nobody found (the nearest names are shown), 2 failed.";

pub(super) const SHOW: &str = "\
Examples:
  newsdex show sample_corpus/wire/2021/02/27/talks.txt
  newsdex show ID --json | jq .quotes";

pub(super) const TIMELINE: &str = "\
From the first step with an article to the last, on the screen and in rows (--csv, --jsonl, --parquet) also the steps between \
in which nothing was found; --json leaves these out and counts them.

Examples:
  newsdex timeline drought --by month
  newsdex timeline drought --by year --relative --csv
  newsdex timeline drought --compare flood --compare 'fire*' --by month
  newsdex timeline drought --compare flood --plot water.svg";

pub(super) const FORMATS: &str = "\
The format of a file is detected by its content, then by its name. Files packed with gzip, bzip2, xz, zstd or lz4, and
the files in zip and tar archives, are unpacked.

Examples:
  newsdex formats
  newsdex extract --format csv --map title=regel --map body=stuk export.dat";

pub(super) const EXTRACT: &str = "\
One JSON object an article; offsets count Unicode code points in `body`, [start, end).

Examples:
  newsdex extract article.txt | jq .quotes
  newsdex extract ~/archive > archive.jsonl

Exit codes: 0 done, 2 failed, 3 done but some files were skipped or could not be read to their end (named on standard error).";

pub(super) const HISTORY: &str = "\
Times are UTC. Runs are remembered for a year, their changes for a month (up to 512 MB). A run that ended without a word, \
since its process was killed or the power was cut, is shown as killed.

Examples:
  newsdex history
  newsdex history --jsonl | jq 'select(.ending != \"done\")'";

pub(super) const DIFF: &str = "\
+ added, ~ changed, - removed. Of a changed article, the sentences and values that were removed and added; if its id \
changed, because its file was renamed or the record has no name of its own, also the one that it had. With -n, JSON says how \
many articles and values it leaves out.

Examples:
  newsdex diff                              the last run that changed something
  newsdex diff 12 --csv > changes.csv
  newsdex diff --json | jq .facets.speaker

Exit codes: 0 done, 1 the run changed nothing, 2 failed.";

pub(super) const CHECK: &str = "\
Checks the checksums of all files of the index, its history and its list of archives, looks for files that are missing or \
belong to no commit, and compares the articles of every file of the archive with the number that the index states. Nothing \
is written. --repair removes files that belong to no commit, reads again the files that are wrong, takes out of the history \
what is damaged, and builds the index again from its archives if one of its own files is damaged.

Other commands verify what they read. They give the right answer, or fail and name the damaged file.

Examples:
  newsdex check
  newsdex check --repair

Exit codes: 0 nothing is wrong, 1 something is wrong, 2 failed.";

pub(super) const SCHEDULE: &str = "\
Prints the job, and changes nothing. Options after -- are passed to newsdex index.

Examples:
  newsdex schedule --systemd --at 02:30
  (crontab -l; newsdex schedule --cron) | crontab -
  newsdex schedule --cron -- --exclude 'drafts/**' --metrics /var/lib/node_exporter/newsdex.prom";

pub(super) const CONCORDANCE: &str = "\
Exports hold all lines, and name the article of each.

Examples:
  newsdex concordance drought
  newsdex concordance 'terror* country:IR' --sort right --width 30
  newsdex concordance sanctions --group left       words before it, counted
  newsdex concordance sanctions --csv > lines.csv

Exit codes: 0 found, 1 nothing found, 2 failed.";

pub(super) const SIMILAR: &str = "\
Examples:
  newsdex similar sample_corpus/wire/2021/02/27/talks.txt
  newsdex similar ID --limit 3 --json | jq -r '.hits[].id'

Exit codes: 0 found, 1 nothing found, 2 failed.";

pub(super) const COMPARE: &str = "\
The number of a word or value is its log-likelihood. A difference above 3.84 arises by chance in fewer than one case of \
twenty. The screen shows no lower ones, exports show all.

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
Prints `topic Q0 article rank score newsdex`, as trec_eval reads it. Articles match with any word of a topic.

Examples:
  newsdex trec topics.tsv > run.txt
  newsdex trec topics.jsonl --expand --depth 100

Exit codes: 0 ranked, 1 nothing found, 2 failed.";
