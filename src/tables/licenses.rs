//! Which licenses are open.

/// Beginnings of open licenses' identifiers, in lower case; a version follows. Creative Commons is told by its parts.
const OPEN_LICENSES: [&str; 8] =
    ["cc0-", "cc-pdm-", "cc-pddc", "pddl-", "odc-by-", "ogl-", "nlod-", "etalab-"];

/// Whether anyone may republish what is under this license (SPDX identifier), changed or not, for any purpose.
///
/// `CC0`, `CC-BY` and `CC-BY-SA` of any version or none, the public domain, and the open government licenses of the
/// United Kingdom, Canada, Norway and France. Licenses with NC (no commercial use) or ND (no changes) are not open.
pub fn is_open(license: &str) -> bool {
    let name = license.strip_prefix("LicenseRef-").unwrap_or(license).to_ascii_lowercase();
    if let Some(parts) = name.strip_prefix("cc-by") {
        return !parts.split('-').any(|part| matches!(part, "nc" | "nd"))
            && (parts.is_empty() || parts.starts_with('-'));
    }
    name == "public-domain"
        || name == "cc0"
        || OPEN_LICENSES.iter().any(|open| name.starts_with(open))
}
