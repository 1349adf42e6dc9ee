// guides/reader/edit.py once more, for a phone without signal: takes out of a text what was read in it, and adds lines.

export function editor({ tidy: known, edit }, tidy) {
  const lineEnd = new RegExp(known.lineEnd, "u");
  const yearRange = new RegExp(known.yearRange, "gu");
  const spaces = new RegExp(edit.spaces, "gu");
  const ends = new RegExp(edit.ends, "gu");
  const pieces = new RegExp(`${edit.years}|[\\p{L}\\p{N}]+|${known.dashesInARow}`, "gu");

  // What words are compared by.
  function keyOf(words) {
    if (words === "-") return words;
    const { sentence } = tidy(words.replace(yearRange, "$1$2 TO $3"));
    return sentence.split(" ").filter((word) => word !== "," && word !== ":").join("");
  }

  function without(text, words) {
    const wanted = keyOf(words);
    if (!wanted) return text;
    let kept = "";
    let place = 0;
    for (const [start, end] of placesOf(text, wanted)) {
      kept += text.slice(place, start);
      place = end;
    }
    if (!place) return text;
    const lines = (kept + text.slice(place)).split(lineEnd);
    const tidied = lines.map((line) => line.replace(spaces, "").replace(ends, ""));
    return tidied.filter(Boolean).join("\n");
  }

  // The first and last place of each run of pieces that are the wanted ones.
  function* placesOf(text, wanted) {
    const found = Array.from(text.matchAll(pieces), (match) => {
      return { start: match.index, end: match.index + match[0].length, text: match[0], key: keyOf(match[0]) };
    });
    for (let number = 0; number < found.length; number += 1) {
      const { start, end, text: word, key: first } = found[number];
      let key = first;
      let last = number;
      while (key.length < wanted.length && last + 1 < found.length) {
        last += 1;
        key += found[last].key;
      }
      if (key === wanted) {
        yield [start, found[last].end];
        number = last;
      } else if (wanted.length >= edit.shortest && first.endsWith(wanted)) {
        const within = [...word].slice(-wanted.length).join(""); // a digit of another alphabet may be two units long
        yield [end - within.length, end];
      }
    }
  }

  return function changed(text, change) {
    const lines = change.split(lineEnd).slice(0, edit.maxChanges);
    return lines.reduce((rest, line) => {
      if (line.startsWith("-")) return without(rest, line.slice(1));
      if (!line.startsWith("+")) return rest;
      return rest ? `${rest}\n${line.slice(1)}` : line.slice(1);
    }, text);
  };
}
