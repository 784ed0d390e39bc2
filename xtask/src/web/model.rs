//! The model that tells people from what is behind them, made fit for the library that runs it.
//!
//! The package holds the model of an older library, which knew by itself how pictures become numbers. The present one reads it from
//! metadata inside the model (TensorFlow Lite's `metadata_schema.fbs`), which this one lacks. A FlatBuffer points forward only, so a new
//! beginning that points into the old file adds them, and not a weight changes.

use anyhow::{Context, Result, ensure};

/// Which version of the schema this reads.
const KIND: &[u8; 4] = b"TFL3";
/// The name by which readers find the metadata.
const NAME: &str = "TFLITE_METADATA";
/// What lies behind the new beginning keeps its alignment.
const ALIGN: usize = 16;

/// The same model, saying that its input is colours from 0 to 1.
pub fn described(old: &[u8]) -> Result<Vec<u8>> {
    ensure!(old.get(4..8) == Some(KIND), "this is no model of TensorFlow Lite");
    let root = at(old, 0)?;
    let [version, operators, subgraphs, description, buffers] = [0, 1, 2, 3, 4].map(|field| place(old, root, field));
    ensure!(place(old, root, 6)?.is_none(), "the model has metadata of its own now: nothing needs to be added");
    let version = number(old, version?.context("a version")?)?;
    let target = |field: Result<Option<usize>>| at(old, field?.context("a part of the model is missing")?);
    let (operators, subgraphs, description) = (target(operators)?, target(subgraphs)?, target(description)?);
    let list = target(buffers)?;
    let count = number(old, list)? as usize;
    let listed = (0..count).map(|index| at(old, list + 4 + 4 * index)).collect::<Result<Vec<_>>>()?;

    let mut new = Writer(vec![0; 8]);
    new.0[4..8].copy_from_slice(KIND);
    let model = new.table(&[4, 4, 4, 4, 4, 0, 4]);
    new.point(0, model.start);
    new.number(model.fields[0], version);
    let metadata = new.vector(1);
    new.point(model.fields[6], metadata);
    let entry = new.table(&[4, 4]);
    new.point(metadata + 4, entry.start);
    new.number(entry.fields[1], u32::try_from(count)?);
    let name = new.text(NAME);
    new.point(entry.fields[0], name);
    let all = new.vector(count + 1);
    new.point(model.fields[4], all);
    let added = new.table(&[4]);
    new.point(all + 4 + 4 * count, added.start);
    let bytes = new.bytes(&metadata_of_colours());
    new.point(added.fields[0], bytes);
    new.align(ALIGN);
    let shift = new.0.len();
    for (field, target) in [(1, operators), (2, subgraphs), (3, description)] {
        new.point(model.fields[field], shift + target);
    }
    for (index, buffer) in listed.into_iter().enumerate() {
        new.point(all + 4 + 4 * index, shift + buffer);
    }
    new.0.extend_from_slice(old);
    Ok(new.0)
}

/// One input and one output; a byte of a colour becomes (byte - 0) / 255.
fn metadata_of_colours() -> Vec<u8> {
    let mut new = Writer(vec![0; 8]);
    new.0[4..8].copy_from_slice(b"M001");
    let model = new.table(&[0, 0, 0, 4]);
    new.point(0, model.start);
    let subgraphs = new.vector(1);
    new.point(model.fields[3], subgraphs);
    let subgraph = new.table(&[0, 0, 4, 4]);
    new.point(subgraphs + 4, subgraph.start);
    let [inputs, outputs] = [2, 3].map(|field| {
        let list = new.vector(1);
        new.point(subgraph.fields[field], list);
        list
    });
    let input = new.table(&[0, 0, 0, 0, 4]);
    new.point(inputs + 4, input.start);
    let units = new.vector(1);
    new.point(input.fields[4], units);
    // The kind of a union comes before it: 1 is NormalizationOptions.
    let unit = new.table(&[1, 4]);
    new.point(units + 4, unit.start);
    new.0[unit.fields[0]] = 1;
    let options = new.table(&[4, 4]);
    new.point(unit.fields[1], options.start);
    for (field, value) in options.fields.iter().zip([0.0_f32, 255.0]) {
        let list = new.vector(1);
        new.point(*field, list);
        new.number(list + 4, value.to_bits());
    }
    let output = new.table(&[4]);
    new.point(outputs + 4, output.start);
    let name = new.text("person");
    new.point(output.fields[0], name);
    new.0
}

fn number(bytes: &[u8], from: usize) -> Result<u32> {
    let four = bytes.get(from..from + 4).context("the model is cut off")?;
    Ok(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

/// Where the offset that stands here leads.
fn at(bytes: &[u8], from: usize) -> Result<usize> {
    Ok(from + number(bytes, from)? as usize)
}

/// Where a field of a table stands, if it is there.
fn place(bytes: &[u8], table: usize, field: usize) -> Result<Option<usize>> {
    let two = |from: usize| Some(usize::from(u16::from_le_bytes([*bytes.get(from)?, *bytes.get(from + 1)?])));
    let back = number(bytes, table)?.cast_signed() as isize;
    let shape = table.checked_add_signed(-back).context("the model is damaged")?;
    let size = two(shape).context("the model is cut off")?;
    let offset = if 4 + 2 * field < size { two(shape + 4 + 2 * field).unwrap_or(0) } else { 0 };
    Ok((offset > 0).then_some(table + offset))
}

/// A table and where its fields stand; a field of no size is absent.
struct Table {
    start: usize,
    fields: Vec<usize>,
}

/// Writes a FlatBuffer from its beginning on: what is pointed at always comes later.
struct Writer(Vec<u8>);

impl Writer {
    fn align(&mut self, to: usize) {
        self.0.resize(self.0.len().next_multiple_of(to), 0);
    }

    fn table(&mut self, sizes: &[u16]) -> Table {
        self.align(4);
        let shape = self.0.len();
        let mut offsets = Vec::new();
        let mut end = 4_u16;
        for size in sizes {
            offsets.push(if *size == 0 { 0 } else { end });
            // Every field has four bytes to itself, which keeps the next one aligned.
            end += if *size == 0 { 0 } else { 4 };
        }
        let head = 4 + 2 * u16::try_from(sizes.len()).unwrap_or(u16::MAX);
        for word in [head, end].into_iter().chain(offsets.iter().copied()) {
            self.0.extend_from_slice(&word.to_le_bytes());
        }
        self.align(4);
        let start = self.0.len();
        self.0.resize(start + usize::from(end), 0);
        self.number(start, (start - shape) as u32);
        Table { start, fields: offsets.into_iter().map(|offset| start + usize::from(offset)).collect() }
    }

    /// A list of so many offsets or numbers of four bytes.
    fn vector(&mut self, count: usize) -> usize {
        self.align(4);
        let start = self.0.len();
        self.0.resize(start + 4 + 4 * count, 0);
        self.number(start, count as u32);
        start
    }

    /// Bytes that begin where the alignment of a model's data asks for it.
    fn bytes(&mut self, bytes: &[u8]) -> usize {
        while !(self.0.len() + 4).is_multiple_of(ALIGN) {
            self.0.push(0);
        }
        let start = self.0.len();
        self.0.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
        self.0.extend_from_slice(bytes);
        start
    }

    fn text(&mut self, text: &str) -> usize {
        let start = self.bytes(text.as_bytes());
        self.0.push(0);
        start
    }

    fn number(&mut self, at: usize, number: u32) {
        self.0[at..at + 4].copy_from_slice(&number.to_le_bytes());
    }

    fn point(&mut self, from: usize, to: usize) {
        self.number(from, (to - from) as u32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A model with nothing in it but one buffer.
    fn small() -> Vec<u8> {
        let mut new = Writer(vec![0; 8]);
        new.0[4..8].copy_from_slice(KIND);
        let model = new.table(&[4, 4, 4, 4, 4]);
        new.point(0, model.start);
        new.number(model.fields[0], 3);
        for field in [1, 2] {
            let list = new.vector(0);
            new.point(model.fields[field], list);
        }
        let text = new.text("old");
        new.point(model.fields[3], text);
        let list = new.vector(1);
        new.point(model.fields[4], list);
        let buffer = new.table(&[4]);
        new.point(list + 4, buffer.start);
        let bytes = new.bytes(b"weights");
        new.point(buffer.fields[0], bytes);
        new.0
    }

    fn buffer(model: &[u8], index: usize) -> Vec<u8> {
        let list = at(model, place(model, at(model, 0).unwrap(), 4).unwrap().unwrap()).unwrap();
        let table = at(model, list + 4 + 4 * index).unwrap();
        let data = at(model, place(model, table, 0).unwrap().unwrap()).unwrap();
        model[data + 4..data + 4 + number(model, data).unwrap() as usize].to_vec()
    }

    #[test]
    fn what_was_there_is_found_and_the_metadata_are_the_last_buffer() {
        let (old, new) = (small(), described(&small()).expect("a model"));
        assert_eq!((buffer(&old, 0), buffer(&new, 0)), (b"weights".to_vec(), b"weights".to_vec()));
        let metadata = buffer(&new, 1);
        assert_eq!(&metadata[4..8], b"M001");
        assert!(metadata.windows(4).any(|four| four == 255.0_f32.to_le_bytes()));
        let root = at(&new, 0).unwrap();
        let list = at(&new, place(&new, root, 6).unwrap().unwrap()).unwrap();
        let entry = at(&new, list + 4).unwrap();
        assert_eq!(number(&new, place(&new, entry, 1).unwrap().unwrap()).unwrap(), 1, "which buffer it is");
        assert!(described(&new).is_err(), "once is enough");
        assert!(described(b"nonsense").is_err() && described(&old[..20]).is_err());
    }
}
