import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { CommandError, reasonOf } from './failure.ts';

/**
 * Rows of a Parquet file as records of JSON, a row group in memory at once. What stands in a column `more` as an object
 * counts as the row's own, as in the files of a large list.
 * @throws {CommandError} naming the file that is none, or is compressed in a way that is not read.
 */
export async function* rowsOfParquet(
  path: string,
): AsyncGenerator<{ readonly place: string; readonly value: unknown }> {
  try {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    let start = 0;
    for (const { num_rows } of metadata.row_groups) {
      const end = start + Number(num_rows);
      const rows = await parquetReadObjects({ file, metadata, rowStart: start, rowEnd: end });
      for (const [at, row] of rows.entries())
        yield { place: `row ${start + at + 1}`, value: plainRecord(row) };
      start = end;
    }
  } catch (error) {
    throw new CommandError(`${path} cannot be read as Parquet: ${reasonOf(error)}.`);
  }
}

/** Without what JSON does not have: days are texts, large numbers are numbers. */
function plainRecord(row: Readonly<Record<string, unknown>>): unknown {
  const { more, ...own } = row;
  const rest = typeof more === 'object' && more !== null && !Array.isArray(more) ? more : {};
  const text = JSON.stringify({ ...rest, ...own }, (_, value) =>
    typeof value === 'bigint' ? Number(value) : value,
  );
  return JSON.parse(text);
}
