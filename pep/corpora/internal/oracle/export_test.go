package oracle

import "encoding/json"

// Run returns the oracle's answer to a run of the workflow, as JSON.
func Run(given, overrides []byte) (expect []byte) {
	var r run
	must(json.Unmarshal(given, &r.question))
	if overrides != nil {
		must(json.Unmarshal(overrides, &r.overlay))
	}
	steps, final := r.all()
	o := object{"steps", steps, "final", nil}
	if final != nil {
		o[3] = final
	}
	return []byte(text(o))
}
