//! A timeline as a picture: Scalable Vector Graphics 1.1, one line for each query, with a key. It has no
//! script and no font of its own.

use std::fmt::Write;

use crate::query::Timeline;

/// Size of the picture and of the margins around the plot, in pixels.
const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 48.0;
/// Height of a line of the key, which stands below the axis.
const KEY: f64 = 20.0;
/// Most labels of the time axis.
const LABELS: usize = 12;
/// Approximate number of lines across the plot.
const GRID: f64 = 5.0;
/// Colours that the colour-blind can distinguish: Okabe and Ito, "Color Universal Design" (2008).
const COLOURS: [&str; 7] =
    ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"];

/// The picture. `relative` draws counts per 1,000 articles of the archive.
pub(crate) fn svg(line: &Timeline, relative: bool) -> String {
    let series: Vec<Vec<f64>> = line
        .series
        .iter()
        .map(|series| {
            if relative {
                line.relative(series)
            } else {
                series.counts.iter().map(|&count| count as f64).collect()
            }
        })
        .collect();
    let most = series.iter().flatten().copied().fold(0.0, f64::max);
    let step = grid_step(most);
    let plot = Plot { steps: line.steps.len(), top: (most / step).ceil().max(1.0) * step };
    let height = HEIGHT + KEY * line.series.len() as f64;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
    );
    grid(&mut svg, &plot, step, relative);
    time_axis(&mut svg, &plot, &line.steps);
    for (n, (values, series)) in series.iter().zip(&line.series).enumerate() {
        let colour = COLOURS[n % COLOURS.len()];
        curve(&mut svg, &plot, values, colour);
        let name = if series.query.is_empty() { "all articles" } else { &series.query };
        key(&mut svg, n, &format!("{name} ({})", series.total), colour);
    }
    svg.push_str("</svg>\n");
    svg
}

/// The coordinates of the plot.
struct Plot {
    steps: usize,
    /// The value at the upper end.
    top: f64,
}

impl Plot {
    fn x(&self, step: usize) -> f64 {
        let share = (step as f64 + 0.5) / self.steps.max(1) as f64;
        LEFT + share * (WIDTH - LEFT - RIGHT)
    }

    fn y(&self, value: f64) -> f64 {
        HEIGHT - BOTTOM - value / self.top * (HEIGHT - TOP - BOTTOM)
    }
}

/// A round number: 1, 2 or 5 times a power of ten.
fn grid_step(most: f64) -> f64 {
    let rough = (most / GRID).max(f64::MIN_POSITIVE);
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|times| times * power).into_iter().find(|s| *s >= rough);
    if most > 0.0 { step.unwrap_or(power) } else { 1.0 }
}

// Writing to a string does not fail.
fn grid(svg: &mut String, plot: &Plot, step: f64, relative: bool) {
    let values = (0..).map(|n| f64::from(n) * step);
    for value in values.take_while(|value| *value < plot.top + step / 2.0) {
        let y = plot.y(value);
        let _ = writeln!(
            svg,
            "<line x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{}\" y2=\"{y:.1}\" stroke=\"#ddd\"/>\
             <text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            WIDTH - RIGHT,
            LEFT - 6.0,
            y + 4.0,
            (value * 1e6).round() / 1e6
        );
    }
    let unit = if relative { "articles per 1,000" } else { "articles" };
    let _ = writeln!(svg, "<text x=\"{LEFT}\" y=\"14\">{unit}</text>");
}

fn time_axis(svg: &mut String, plot: &Plot, steps: &[String]) {
    let every = steps.len().div_ceil(LABELS).max(1);
    for (n, step) in steps.iter().enumerate().step_by(every) {
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            plot.x(n),
            HEIGHT - BOTTOM + 18.0,
            escaped(step)
        );
    }
}

fn curve(svg: &mut String, plot: &Plot, values: &[f64], colour: &str) {
    let points: Vec<_> = values
        .iter()
        .enumerate()
        .map(|(n, &value)| format!("{:.1},{:.1}", plot.x(n), plot.y(value)))
        .collect();
    let _ = writeln!(
        svg,
        "<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{}\"/>",
        points.join(" ")
    );
    if let [point] = points.as_slice()
        && let Some((x, y)) = point.split_once(',')
    {
        let _ = writeln!(svg, "<circle cx=\"{x}\" cy=\"{y}\" r=\"3\" fill=\"{colour}\"/>");
    }
}

fn key(svg: &mut String, n: usize, name: &str, colour: &str) {
    let y = HEIGHT - BOTTOM + 40.0 + KEY * n as f64;
    let _ = writeln!(
        svg,
        "<rect x=\"{LEFT}\" y=\"{:.1}\" width=\"14\" height=\"3\" fill=\"{colour}\"/>\
         <text x=\"{}\" y=\"{y:.1}\">{}</text>",
        y - 5.0,
        LEFT + 22.0,
        escaped(name)
    );
}

/// Text with the special characters of XML escaped; control characters become blanks.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Series;

    fn line(counts: &[u64]) -> Timeline {
        let series = Series {
            query: "a < \"b\"".to_owned(),
            understood: String::new(),
            counts: counts.to_vec(),
            undated: 0,
            total: counts.iter().sum(),
            warnings: Vec::new(),
        };
        Timeline {
            steps: (0..counts.len()).map(|n| format!("{}", 2000 + n)).collect(),
            series: vec![series],
            archive: vec![10; counts.len()],
        }
    }

    #[test]
    fn points_lie_in_the_plot_and_names_are_escaped() {
        let svg = svg(&line(&[3, 0, 10]), false);
        assert!(svg.contains("a &lt; &quot;b&quot; (13)"), "{svg}");
        let points = svg.split("points=\"").nth(1).and_then(|rest| rest.split('"').next());
        let points: Vec<_> = points.expect("a line").split(' ').collect();
        assert_eq!(points, ["214.3,267.6", "503.0,372.0", "791.7,24.0"].map(str::to_owned));
    }

    #[test]
    fn nothing_and_one_step_are_drawn_too() {
        assert!(svg(&line(&[]), false).ends_with("</svg>\n"));
        assert!(svg(&line(&[0]), true).contains("<circle"));
    }

    #[test]
    fn grids_are_round() {
        let steps = [0.0, 0.03, 4.0, 7.0, 30.0, 1234.0].map(grid_step);
        assert_eq!(
            steps.map(|s| format!("{s:.3}")),
            ["1.000", "0.010", "1.000", "2.000", "10.000", "500.000"]
        );
    }
}
