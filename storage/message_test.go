package storage_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/journey"
)

// TestAMessageComesBackFromJSON shows that a message survives being written to JSON
// and read again, so that a host can put it on its own queue. It also tries a
// reminder, which has no verb.
func TestAMessageComesBackFromJSON(t *testing.T) {
	t.Parallel()
	j := journey.New(t, "a").To(pep.Delegated)
	last := j.Last()
	messages := slices.Collect(storage.MessagesOf(&last))
	require.Len(t, messages, 1)
	for _, want := range append(messages, storage.RemindOn(j.Plan, journey.Meeting(), storage.Instant(last.At))) {
		encoded, err := json.Marshal(want)
		require.NoError(t, err)
		var got storage.Message
		require.NoError(t, json.Unmarshal(encoded, &got), string(encoded))
		require.Equal(t, want, got)
	}
}

func TestALoopOverMessagesMayBeLeftEarly(t *testing.T) {
	t.Parallel()
	n := 0
	for range storage.MessagesOf(&pep.Event{Notices: pep.Notices{pep.NoticeDelegated, pep.NoticeWithdrawn}}) {
		n++
		break
	}
	require.Equal(t, 1, n)
}
