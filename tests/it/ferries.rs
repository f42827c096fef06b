//! Announcements of a ferry company in many formats and containers: files that tests cut off and damage.

use std::io::Write;

use serde_json::json;

/// Records of a ferry company's announcements, a line each.
pub(crate) fn lines(count: usize) -> String {
    let line = |n: usize| {
        let body = format!("Ferry {n} leaves the harbour of Orland at noon, said Jane Doe.");
        json!({ "id": n, "title": format!("Ferry {n} sails"), "body": body }).to_string() + "\n"
    };
    (0..count).map(line).collect()
}

pub(crate) fn rows(count: usize) -> String {
    let row = |n: usize| {
        format!("{n},Ferry {n} sails,\"Ferry {n} leaves at noon.\nIt is \"\"late\"\".\"\n")
    };
    "id,title,content\n".to_owned() + &(0..count).map(row).collect::<String>()
}

pub(crate) fn wiki(count: usize) -> String {
    let page = |n: usize| {
        format!(
            "<page><title>Ferry {n}</title><ns>0</ns><id>{n}</id><revision><text>Ferry {n} leaves at noon.</text></revision></page>\n"
        )
    };
    let pages: String = (1..=count).map(page).collect();
    format!(
        "<mediawiki xml:lang=\"en\"><siteinfo><sitename>Orland News</sitename></siteinfo>\n{pages}</mediawiki>\n"
    )
}

/// A response; its header states a length that is so much too large.
pub(crate) fn response(n: usize, excess: isize) -> String {
    let page = format!(
        "<html><head><title>Ferry {n} sails</title></head><body><p>Ferry {n} leaves the harbour of Orland at noon, and it will come back late, the company said.</p></body></html>"
    );
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
    let length = block.len().saturating_add_signed(excess);
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://ferries.example/{n}\r\nContent-Type: application/http\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n"
    )
}

pub(crate) fn crawl(count: usize) -> String {
    (0..count).map(|n| response(n, 0)).collect()
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// Packed by the program `xz`, as no library here packs it; a machine without it does without.
pub(crate) fn xz(bytes: &[u8]) -> Option<Vec<u8>> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("unpacked");
    std::fs::write(&path, bytes).unwrap();
    let ran = std::process::Command::new("xz").arg("--stdout").arg(path).output().ok()?;
    ran.status.success().then_some(ran.stdout)
}

pub(crate) fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut out = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::new(1));
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

pub(crate) fn lz4(bytes: &[u8]) -> Vec<u8> {
    let mut out = lz4_flex::frame::FrameEncoder::new(Vec::new());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

pub(crate) fn zstandard(bytes: &[u8]) -> Vec<u8> {
    let mut out = zstd::Encoder::new(Vec::new(), 1).unwrap();
    out.include_checksum(true).unwrap();
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// Every kind of file that can tell that it was cut off: its name and its content.
pub(crate) fn files(count: usize) -> Vec<(&'static str, Vec<u8>)> {
    let warc_of_members: Vec<u8> =
        (0..count).flat_map(|n| gzip(response(n, 0).as_bytes())).collect();
    let packed = xz(lines(count).as_bytes()).map(|packed| ("ferries.jsonl.xz", packed));
    let others = vec![
        ("ferries.jsonl", lines(count).into_bytes()),
        ("ferries.jsonl.gz", gzip(lines(count).as_bytes())),
        ("ferries.jsonl.zst", zstandard(lines(count).as_bytes())),
        ("ferries.jsonl.bz2", bzip2(lines(count).as_bytes())),
        ("ferries.jsonl.lz4", lz4(lines(count).as_bytes())),
        ("ferries.csv.gz", gzip(rows(count).as_bytes())),
        ("ferries.xml", wiki(count).into_bytes()),
        ("ferries.xml.gz", gzip(wiki(count).as_bytes())),
        ("ferries.warc", crawl(count).into_bytes()),
        ("ferries.warc.gz", gzip(crawl(count).as_bytes())),
        ("members.warc.gz", warc_of_members),
    ];
    others.into_iter().chain(packed).collect()
}

pub(crate) fn tar(name: &str, content: &[u8]) -> Vec<u8> {
    let mut header = tar::Header::new_gnu();
    header.set_size(content.len() as u64);
    header.set_mode(0o644);
    header.set_cksum();
    let mut tar = tar::Builder::new(Vec::new());
    tar.append_data(&mut header, name, content).unwrap();
    tar.into_inner().unwrap()
}

pub(crate) fn zip(name: &str, content: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(content).unwrap();
    zip.finish().unwrap().into_inner()
}

/// A place in a file that no record and no block begins at.
pub(crate) fn cut(content: &[u8], share: usize) -> &[u8] {
    let mut at = content.len() * share / 1000;
    while content.get(at) == Some(&b'\n') || content[at - 1] == b'\n' || content[at - 1] == b'\r' {
        at -= 1;
    }
    &content[..at]
}
