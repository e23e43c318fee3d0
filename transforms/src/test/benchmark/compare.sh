#!/bin/sh
# Our ranking models against NumPy, SciPy and scikit-learn: CPU seconds of fit and of score on
# MovieLens-1M, each program run three times in turn, medians and ratios. Needs the Debian packages
# python3-numpy python3-scipy python3-sklearn python3-threadpoolctl, and the data in
# TOWERBEAM_ML1M or ../shared/data/ml-1m. RUNS=1 runs each once.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../../.." && pwd)
data=${TOWERBEAM_ML1M:-$(cd "$root/.." && pwd)/shared/data/ml-1m}
[ -f "$data/ratings.dat" ] || { echo "no MovieLens-1M in $data: set TOWERBEAM_ML1M" >&2; exit 2; }
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

# the compiler and collector of a run, see pipelines/bin/towerbeam
ours() {
  TOWERBEAM_ML1M=$data JAVA_TOOL_OPTIONS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC" \
    mvn -B -ntp -q -f "$root/pom.xml" -Pbenchmark -pl transforms -am test \
    -Dtest=RankingModelsBenchmarkTest -Dsurefire.failIfNoSpecifiedTests=false >"$results/log" 2>&1 ||
    { cat "$results/log" >&2; exit 1; }
  grep '^[a-z]*-*[a-z]* *[0-9]' \
    "$root/transforms/target/surefire-reports/io.towerbeam.ml.models.RankingModelsBenchmarkTest-output.txt"
}

run=0
while [ "$run" -lt "${RUNS:-3}" ]; do
  run=$((run + 1))
  /usr/bin/python3 "$here/ranking_models.py" --data "$data" | tail -n +2 >>"$results/peer"
  ours >>"$results/ours"
done

awk '
  function median(text, n, numbers, i, j, t) {
    n = split(text, numbers, " ")
    for (i = 2; i <= n; i++)
      for (j = i; j > 1 && numbers[j - 1] + 0 > numbers[j] + 0; j--) {
        t = numbers[j]; numbers[j] = numbers[j - 1]; numbers[j - 1] = t
      }
    return numbers[int((n + 1) / 2)]
  }
  { which = FILENAME ~ /peer$/ ? "peer" : "ours"; models[$1]
    fit[which, $1] = fit[which, $1] " " $2
    score[which, $1] = score[which, $1] " " $3
    both[which, $1] = both[which, $1] " " ($2 + $3) }
  END {
    printf "%-15s", "CPU s, medians"
    for (part = 1; part <= 3; part++)
      printf " %11s %7s %6s", (part == 1 ? "fit: ours" : part == 2 ? "score: ours" : "both: ours"), "peer", "ratio"
    print ""
    for (m in models) {
      printf "%-15s", m
      for (part = 1; part <= 3; part++) {
        a = median(part == 1 ? fit["ours", m] : part == 2 ? score["ours", m] : both["ours", m])
        b = median(part == 1 ? fit["peer", m] : part == 2 ? score["peer", m] : both["peer", m])
        printf " %11.3f %7.3f %6.2f", a, b, (b > 0 ? a / b : 0)
      }
      print ""
    }
  }' "$results/peer" "$results/ours"
