#!/usr/bin/env bash
# Verifies the files of one application and prints its score: verify.sh REFERENCE FILE…
# Needs curl and jq; HUOYAN_ADDRESS and HUOYAN_KEY say where the service is and by which key.
set -euo pipefail
address=${HUOYAN_ADDRESS:-http://127.0.0.1:8080}/v1
reference=$1
shift

# ask METHOD PATH [curl options]: the answer; on a problem its code and what to do, and exit code 1.
ask() {
  local method=$1 path=$2 answer
  shift 2
  if ! answer=$(curl --silent --show-error --fail-with-body --retry 5 --retry-connrefused \
      --request "$method" --header "Authorization: Bearer $HUOYAN_KEY" "$@" "$address$path"); then
    jq --raw-output '"\(.code): \(.detail.zh) / \(.detail.en)"' <<<"$answer" >&2
    return 1
  fi
  printf '%s' "$answer"
}

body=$(jq --null-input --arg reference "$reference" '{reference: $reference}')
packet=$(ask POST /packets --header "Idempotency-Key: create-$reference" --json "$body" | jq --raw-output .id)

files=()
for file in "$@"; do
  files+=(--form "files=@$file")
done
ask POST "/packets/$packet/files" "${files[@]}" >/dev/null

status=$(ask POST "/packets/$packet/submit?wait=30" --json '{}' | jq --raw-output .status)
while [[ $status == queued || $status == running ]]; do
  sleep 2
  status=$(ask GET "/packets/$packet" | jq --raw-output .status)
done
[[ $status == done ]] || { echo "$packet: $status" >&2; exit 1; }

ask GET "/packets/$packet/report" | jq --raw-output '"\(.risk.band) \(.risk.score)"'
