package forms_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"maps"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
)

const secret = "Jane Doe of 1 High Street"

// around returns values that hold answers in every way in which a program can
// hold them.
func around() map[string]any {
	a := forms.NewAnswers(map[string]string{"carer": secret, "restrictions": secret})
	type exported struct{ Answers forms.Answers }
	type unexported struct{ answers forms.Answers }
	type embedded struct{ forms.Answers }
	type boxed struct{ answers any }
	return map[string]any{
		"value": a, "pointer": &a, "slice": []forms.Answers{a}, "map": map[string]forms.Answers{"1": a},
		"array": [1]forms.Answers{a}, "exported": exported{a}, "unexported": unexported{a}, "embedded": embedded{a},
		"in a pointer": &unexported{a}, "in an interface": boxed{a}, "deep": []any{map[int]any{1: &boxed{[]any{a}}}},
		"text": a.Text("carer"),
	}
}

func TestAnswersNeverPrint(t *testing.T) {
	t.Parallel()
	for name, value := range around() {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%p", "%T", "%10v", "%t", "%e", "%c", "%U", "%w"} {
			printed := strings.ToLower(fmt.Sprintf(verb, value))
			for _, jane := range []string{"jane", "4a616e65", "74 97 110 101"} {
				require.NotContains(t, printed, jane, "%s %s", name, verb)
			}
		}
		require.NotContains(t, fmt.Sprint(value)+fmt.Sprintln(value), "Jane", name)
	}
}

func TestAnswersNeverLog(t *testing.T) {
	t.Parallel()
	for name, value := range around() {
		var out bytes.Buffer
		slog.New(slog.NewTextHandler(&out, nil)).Info("m", "answers", value)
		slog.New(slog.NewJSONHandler(&out, nil)).Info("m", "answers", value)
		require.NotContains(t, out.String(), "Jane", name)
		require.NotEmpty(t, out.String())
	}
}

func TestAnswersNeverMarshal(t *testing.T) {
	t.Parallel()
	a := forms.NewAnswers(map[string]string{"carer": secret})
	_, err := json.Marshal(a)
	require.ErrorIs(t, err, private.ErrPrivate)
	_, err = json.Marshal(&a)
	require.ErrorIs(t, err, private.ErrPrivate)
	_, err = xml.Marshal(a)
	require.Error(t, err)
	require.Error(t, gob.NewEncoder(&bytes.Buffer{}).Encode(a))
	_, err = a.MarshalText()
	require.ErrorIs(t, err, private.ErrPrivate)
	_, err = a.Value()
	require.ErrorIs(t, err, private.ErrPrivate)
	require.ErrorIs(t, json.Unmarshal([]byte(`{"carer":"x"}`), &a), private.ErrPrivate)
	require.ErrorIs(t, a.Scan("x"), private.ErrPrivate)
	for name, value := range around() {
		var out bytes.Buffer
		_ = json.NewEncoder(&out).Encode(value)
		_ = xml.NewEncoder(&out).Encode(value)
		_ = gob.NewEncoder(&out).Encode(value)
		require.NotContains(t, out.String(), "Jane", name)
	}
}

func TestAnswersAreRevealedForAPurpose(t *testing.T) {
	t.Parallel()
	texts := map[string]string{"carer": secret, "restrictions": ""}
	a := forms.NewAnswers(texts)
	require.Equal(t, texts, a.Reveal(private.Showing))
	require.Equal(t, secret, a.Text("carer").Reveal(private.Showing))
	require.True(t, a.Text("placement").IsZero())
	require.Equal(t, 2, a.Len())
	require.False(t, a.IsZero())
	require.True(t, forms.Answers{}.IsZero())
	require.Empty(t, forms.Answers{}.Reveal(private.Showing))
}

func TestAnswersShareNoMemory(t *testing.T) {
	t.Parallel()
	texts := map[string]string{"carer": "a"}
	a := forms.NewAnswers(texts)
	texts["carer"] = "b"
	a.Reveal(private.Showing)["carer"] = "c"
	require.Equal(t, "a", a.Text("carer").Reveal(private.Showing))
}

func TestAnswersAreAnImmutableMap(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, model := forms.Answers{}, map[string]string{}
		for range rapid.IntRange(0, 12).Draw(t, "steps") {
			before, modelBefore := a, maps.Clone(model)
			question := strconv.Itoa(rapid.IntRange(0, 4).Draw(t, "question"))
			text := rapid.String().Draw(t, "text")
			a = a.With(question, text)
			model[question] = text
			require.Equal(t, modelBefore, before.Reveal(private.Showing))
			require.Equal(t, maps.Equal(model, modelBefore), a.Equal(before))
		}
		require.Equal(t, model, a.Reveal(private.Showing))
		require.Equal(t, len(model), a.Len())
		require.True(t, a.Equal(forms.NewAnswers(model)))
	})
}

func TestAnswerAllFillsEveryBoxOfASection(t *testing.T) {
	t.Parallel()
	sections(func(template *forms.Template, s forms.Section) {
		a := template.AnswerAll(s.Number, "N/A")
		filled, err := template.Check(s.Number, a)
		require.NoError(t, err)
		require.Equal(t, template.All(s.Number), filled)
		require.Equal(t, "N/A", a.Text(s.Questions[0].ID).Reveal(private.Deciding))
	})
	for _, number := range []int{0, forms.MaxSections + 1} {
		require.True(t, forms.TemplateOf(forms.PrimaryMainstream).AnswerAll(number, "N/A").IsZero())
	}
}
