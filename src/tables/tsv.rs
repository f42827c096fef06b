//! Tables as text: a `#` header, then rows with cells separated by tabs, and lists inside a cell separated by `;`.

/// The rows that have `N` cells.
pub(crate) fn rows<const N: usize>(table: &str) -> impl Iterator<Item = [&str; N]> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        let row: Option<Vec<&str>> = (0..N).map(|_| cells.next()).collect();
        row?.try_into().ok()
    })
}

/// The items of a cell.
pub(crate) fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|item| !item.is_empty())
}
