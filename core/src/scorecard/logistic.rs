//! Logistic regression on bins, held back by penalties, and its points.
//!
//! Input: fields, their bins, rows and how they ended. Output: [`Coefficients`], then whole points. Invariant: sums run in the
//! order of the rows given, so that the same rows give the same bits. *Source*: Newton's method with a Cholesky factor; the penalty
//! λ(Σ (β_j − β_j+1)² + 0.3 Σ β²) on the ranges of a number (Eilers and Marx, 1996), in which a straight line along the values is held
//! a thirtieth as much (as a prior: a variance of 30 is added along it), and λ 0.2 Σ β² on categories and blanks (Hoerl and
//! Kennard, *Ridge regression*, 1970); λ is the one of a stated row with the least deviance + 2 tr((H + P)⁻¹ H) (Akaike, 1974).
#![expect(clippy::float_arithmetic, reason = "a maximum is searched for; what is written are integers")]

use super::bins::{Binning, Of};
use super::columns::Field;

/// How strongly coefficients may be held back, the strongest first, so that each fit starts from a smoother one.
const STRENGTHS: [f64; 10] = [1000.0, 500.0, 200.0, 100.0, 50.0, 20.0, 10.0, 5.0, 2.0, 1.0];
/// How much the ranges of a number are held near nought besides.
const RIDGE: f64 = 0.3;
/// How freely the ranges of a number follow a straight line along the values: most of what numbers tell is more or less.
const LINE: f64 = 30.0;
/// How much categories and blanks are held near nought.
const APART: f64 = 0.2;
/// What keeps the factor positive where a column is empty.
const TINY: f64 = 1e-9;

/// What was fitted.
pub(super) struct Coefficients {
    pub(super) intercept: f64,
    /// For each field and bin.
    pub(super) bins: Vec<Vec<f64>>,
    /// The strength that was chosen, in hundredths.
    pub(super) held_back: u64,
}

/// A square matrix, row by row.
struct Matrix {
    size: usize,
    cells: Vec<f64>,
}

impl Matrix {
    fn new(size: usize) -> Self {
        Self { size, cells: vec![0.0; size * size] }
    }

    fn at(&self, row: usize, column: usize) -> f64 {
        self.cells.get(row * self.size + column).copied().unwrap_or(0.0)
    }

    fn add(&mut self, row: usize, column: usize, value: f64) {
        if let Some(cell) = self.cells.get_mut(row * self.size + column) {
            *cell += value;
        }
    }

    /// The lower factor of a symmetric positive matrix, of which the lower half is read.
    fn factor(&self) -> Self {
        let size = self.size;
        let mut lower = Self::new(size);
        for row in 0..size {
            let (done, rest) = lower.cells.split_at_mut(row * size);
            let Some(own) = rest.get_mut(..size) else { continue };
            for column in 0..=row {
                let dot = |other: &[f64], own: &[f64]| -> f64 {
                    own.iter().zip(other).take(column).map(|(one, other)| one * other).sum()
                };
                if column == row {
                    let left = self.at(row, row) - own.iter().take(row).map(|one| one * one).sum::<f64>();
                    if let Some(cell) = own.get_mut(row) {
                        *cell = left.max(TINY).sqrt();
                    }
                } else if let Some(other) = done.get(column * size..(column + 1) * size) {
                    let above = other.get(column).copied().unwrap_or(1.0);
                    let value = (self.at(row, column) - dot(other, own)) / above;
                    if let Some(cell) = own.get_mut(column) {
                        *cell = value;
                    }
                }
            }
        }
        lower
    }

    /// Solves with a lower factor.
    fn solve(&self, right: &mut [f64]) {
        let size = self.size;
        for row in 0..size {
            let sum: f64 =
                (0..row).map(|column| self.at(row, column) * right.get(column).copied().unwrap_or(0.0)).sum();
            if let Some(cell) = right.get_mut(row) {
                *cell = (*cell - sum) / self.at(row, row);
            }
        }
        for row in (0..size).rev() {
            let sum: f64 =
                (row + 1..size).map(|below| self.at(below, row) * right.get(below).copied().unwrap_or(0.0)).sum();
            if let Some(cell) = right.get_mut(row) {
                *cell = (*cell - sum) / self.at(row, row);
            }
        }
    }
}

/// The rows as places of coefficients, the intercept at nought.
struct Design {
    size: usize,
    width: usize,
    /// For each row the coefficients it has besides the intercept, in rising order; `u32::MAX` for none.
    places: Vec<u32>,
    bought: Vec<bool>,
}

impl Design {
    fn new(fields: &[Field], bins: &[Binning], rows: &[usize], bought: &[bool]) -> Self {
        let mut size = 1;
        let mut starts = Vec::with_capacity(bins.len());
        for binning in bins {
            starts.push(size);
            size += binning.len();
        }
        let mut places = Vec::with_capacity(rows.len() * fields.len());
        for row in rows {
            for ((field, binning), start) in fields.iter().zip(bins).zip(&starts) {
                let place = binning.bin(field, *row).and_then(|bin| u32::try_from(start + bin).ok());
                places.push(place.unwrap_or(u32::MAX));
            }
        }
        let bought = rows.iter().map(|row| bought.get(*row) == Some(&true)).collect();
        Self { size, width: fields.len().max(1), places, bought }
    }

    fn rows(&self) -> impl Iterator<Item = (&[u32], bool)> {
        self.places.chunks(self.width).zip(self.bought.iter().copied())
    }

    fn log_odds(places: &[u32], beta: &[f64]) -> f64 {
        let of = |place: &u32| beta.get(*place as usize).copied().unwrap_or(0.0);
        beta.first().copied().unwrap_or(0.0) + places.iter().map(of).sum::<f64>()
    }

    /// Minus twice the logarithm of the likelihood.
    fn deviance(&self, beta: &[f64]) -> f64 {
        let each = self.rows().map(|(places, bought)| {
            let odds = Self::log_odds(places, beta);
            // log(1 + e^x), without overflow.
            let x = if bought { -odds } else { odds };
            if x > 0.0 { x + libm::log1p(libm::exp(-x)) } else { libm::log1p(libm::exp(x)) }
        });
        2.0 * each.sum::<f64>()
    }

    /// The gradient of the likelihood and its curvature, of which the lower half is filled.
    fn curvature(&self, beta: &[f64]) -> (Vec<f64>, Matrix) {
        let (mut gradient, mut hessian) = (vec![0.0; self.size], Matrix::new(self.size));
        for (places, bought) in self.rows() {
            let probability = probability(Self::log_odds(places, beta));
            let (rest, weight) = (f64::from(u8::from(bought)) - probability, probability * (1.0 - probability));
            if let Some(cell) = gradient.first_mut() {
                *cell += rest;
            }
            hessian.add(0, 0, weight);
            for (at, place) in places.iter().enumerate() {
                let row = *place as usize;
                if row >= self.size {
                    continue;
                }
                if let Some(cell) = gradient.get_mut(row) {
                    *cell += rest;
                }
                hessian.add(row, 0, weight);
                for column in places.iter().take(at + 1).map(|place| *place as usize).filter(|place| *place < self.size)
                {
                    hessian.add(row, column, weight);
                }
            }
        }
        (gradient, hessian)
    }
}

/// The probability of log odds.
pub(super) fn probability(odds: f64) -> f64 {
    if odds >= 0.0 {
        1.0 / (1.0 + libm::exp(-odds))
    } else {
        let e = libm::exp(odds);
        e / (1.0 + e)
    }
}

/// The penalty, at strength one.
fn penalty(fields: &[Field], bins: &[Binning], rows: &[usize], size: usize) -> Matrix {
    let mut matrix = Matrix::new(size);
    let mut start = 1;
    for (field, binning) in fields.iter().zip(bins) {
        let valued = binning.valued();
        match &binning.of {
            Of::Ranges(_) => {
                for bin in start..start + valued {
                    matrix.add(bin, bin, RIDGE);
                    if bin + 1 < start + valued {
                        matrix.add(bin, bin, 1.0);
                        matrix.add(bin + 1, bin + 1, 1.0);
                        matrix.add(bin, bin + 1, -1.0);
                        matrix.add(bin + 1, bin, -1.0);
                    }
                }
                free_line(&mut matrix, &line(field, binning, rows), start);
            }
            Of::Words(..) => (start..start + valued).for_each(|bin| matrix.add(bin, bin, APART)),
        }
        if binning.blank {
            matrix.add(start + valued, start + valued, APART);
        }
        start += binning.len();
    }
    matrix
}

/// The mean value of each range, laid so that over all rows the mean is nought and the deviation one.
fn line(field: &Field, binning: &Binning, rows: &[usize]) -> Vec<f64> {
    let mut sums = vec![(0.0, 0.0); binning.valued()];
    for row in rows {
        let bin = binning.bin(field, *row).and_then(|bin| sums.get_mut(bin));
        if let (Some((sum, many)), Some(value)) = (bin, field.number(*row)) {
            *sum += value as f64;
            *many += 1.0;
        }
    }
    let all: f64 = sums.iter().map(|(_, many)| many).sum();
    let mean = sums.iter().map(|(sum, _)| sum).sum::<f64>() / f64::max(all, 1.0);
    let apart: Vec<f64> = sums.iter().map(|(sum, many)| sum / f64::max(*many, 1.0) - mean).collect();
    let square =
        sums.iter().zip(&apart).map(|((_, many), apart)| many * apart * apart).sum::<f64>() / f64::max(all, 1.0);
    if square > 0.0 { apart.iter().map(|apart| apart / square.sqrt()).collect() } else { Vec::new() }
}

/// Adds a variance along a line: (P⁻¹ + a v vᵀ)⁻¹ = P − a P v (P v)ᵀ / (1 + a vᵀ P v) (Sherman and Morrison, 1950).
fn free_line(matrix: &mut Matrix, line: &[f64], start: usize) {
    let along = |row: usize| -> f64 {
        line.iter().enumerate().map(|(column, value)| matrix.at(start + row, start + column) * value).sum()
    };
    let pulled: Vec<f64> = (0..line.len()).map(along).collect();
    let length: f64 = pulled.iter().zip(line).map(|(pulled, value)| pulled * value).sum();
    let share = LINE / (1.0 + LINE * length);
    for (row, one) in pulled.iter().enumerate() {
        for (column, other) in pulled.iter().enumerate() {
            matrix.add(start + row, start + column, -share * one * other);
        }
    }
}

/// Fits the coefficients, as strongly held back as Akaike's criterion would have it.
pub(super) fn fit(fields: &[Field], bins: &[Binning], rows: &[usize], bought: &[bool]) -> Coefficients {
    let design = Design::new(fields, bins, rows, bought);
    let held = penalty(fields, bins, rows, design.size);
    let mut beta = vec![0.0; design.size];
    let yes = design.bought.iter().filter(|bought| **bought).count() as f64;
    let no = design.bought.len() as f64 - yes;
    if let Some(intercept) = beta.first_mut() {
        *intercept = libm::log((yes + 0.5) / (no + 0.5));
    }
    let mut best: Option<(f64, f64, Vec<f64>)> = None;
    let mut worse = 0;
    for strength in STRENGTHS {
        let hessian = newton(&design, &held, strength, &mut beta);
        let criterion = design.deviance(&beta) + 2.0 * free(&hessian, &held, strength);
        if best.as_ref().is_none_or(|(least, ..)| criterion < *least) {
            best = Some((criterion, strength, beta.clone()));
            worse = 0;
        } else {
            worse += 1;
            // Once less holding back is worse twice, it stays so.
            if worse == 2 {
                break;
            }
        }
    }
    let (strength, beta) = best.map_or((0.0, beta), |(_, strength, beta)| (strength, beta));
    let mut rest = beta.iter().copied();
    let intercept = rest.next().unwrap_or(0.0);
    let bins = bins.iter().map(|binning| rest.by_ref().take(binning.len()).collect()).collect();
    let mut fitted = Coefficients { intercept, bins, held_back: u64::from(whole(strength * 100.0).unsigned_abs()) };
    centre(&mut fitted, &design);
    fitted
}

/// Lays the coefficients of each field so that the average row has none of it: points then say better or worse than usual.
fn centre(fitted: &mut Coefficients, design: &Design) {
    let many = design.bought.len().max(1) as f64;
    let mut start = 1;
    for (place, bins) in fitted.bins.iter_mut().enumerate() {
        let mut sum = 0.0;
        for (places, _) in design.rows() {
            let bin = places.get(place).and_then(|place| (*place as usize).checked_sub(start));
            sum += bin.and_then(|bin| bins.get(bin)).copied().unwrap_or(0.0);
        }
        let mean = sum / many;
        bins.iter_mut().for_each(|beta| *beta -= mean);
        fitted.intercept += mean;
        start += bins.len();
    }
}

/// Climbs to the maximum; returns the curvature there.
fn newton(design: &Design, held: &Matrix, strength: f64, beta: &mut Vec<f64>) -> Matrix {
    let pull = |beta: &[f64]| -> Vec<f64> {
        (0..held.size)
            .map(|row| {
                let cells = held.cells.get(row * held.size..(row + 1) * held.size).unwrap_or_default();
                strength * cells.iter().zip(beta).map(|(cell, beta)| cell * beta).sum::<f64>()
            })
            .collect()
    };
    let lost =
        |beta: &[f64]| design.deviance(beta) + pull(beta).iter().zip(beta).map(|(pull, beta)| pull * beta).sum::<f64>();
    let mut before = lost(beta);
    let (mut gradient, mut hessian) = design.curvature(beta);
    for _ in 0..30 {
        let mut step: Vec<f64> = gradient.iter().zip(pull(beta)).map(|(up, down)| up - down).collect();
        sum(&hessian, held, strength).factor().solve(&mut step);
        let mut length = 1.0;
        let mut moved = beta.clone();
        // Newton's step may go too far where probabilities are near their ends.
        for _ in 0..12 {
            moved = beta.iter().zip(&step).map(|(beta, step)| beta + length * step).collect();
            let after = lost(&moved);
            if after <= before + 1e-9 {
                before = after;
                break;
            }
            length *= 0.5;
        }
        *beta = moved;
        (gradient, hessian) = design.curvature(beta);
        if step.iter().all(|step| step.abs() * length < 1e-5) {
            break;
        }
    }
    hessian
}

fn sum(hessian: &Matrix, held: &Matrix, strength: f64) -> Matrix {
    let cells = hessian.cells.iter().zip(&held.cells).map(|(one, other)| one + strength * other);
    let mut all = Matrix { size: hessian.size, cells: cells.collect() };
    (0..all.size).for_each(|at| all.add(at, at, TINY));
    all
}

/// How many coefficients are free in effect: tr((H + P)⁻¹ H) = n − tr((H + P)⁻¹ P).
fn free(hessian: &Matrix, held: &Matrix, strength: f64) -> f64 {
    let factor = sum(hessian, held, strength).factor();
    let size = held.size;
    let mut held_back = 0.0;
    let mut column = vec![0.0; size];
    for at in 0..size {
        for (row, cell) in column.iter_mut().enumerate() {
            *cell = strength * held.at(row, at);
        }
        factor.solve(&mut column);
        held_back += column.get(at).copied().unwrap_or(0.0);
    }
    size as f64 - held_back
}

/// Whole points: so many double the odds.
pub(super) fn points(fitted: &Coefficients, doubling: u32) -> Vec<Vec<i32>> {
    let scale = f64::from(doubling) / std::f64::consts::LN_2;
    fitted.bins.iter().map(|bins| bins.iter().map(|beta| whole(beta * scale)).collect()).collect()
}

/// To the nearest whole number, halves away from nought.
#[expect(clippy::cast_possible_truncation, reason = "points far beyond an i32 are held at its ends")]
pub(super) fn whole(value: f64) -> i32 {
    if value < 0.0 { (value - 0.5) as i32 } else { (value + 0.5) as i32 }
}
