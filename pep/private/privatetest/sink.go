package privatetest

import (
	"bytes"
	"database/sql/driver"
	"encoding"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"fmt"
	htmltemplate "html/template"
	"log"
	"log/slog"
	"text/template"

	"virtualschool.example/term/civil"
)

// sink is one way to show a value. Its control is a value that leaks: if the sink
// fails to show the text of its control, the day, or both, the sink is blind.
type sink struct {
	name    string
	show    func(out *bytes.Buffer, v any)
	look    sightings
	control any
}

// open, written and methods are types that leak.
type (
	open struct {
		Name string
		Born civil.Date
	}
	written struct{ Name, Born string }
	methods struct{}
)

func (methods) String() string                 { return Canary + " " + Day().String() }
func (m methods) GoString() string             { return m.String() }
func (m methods) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// sinks returns every way in which a sweep shows a value.
func sinks() []sink {
	var list []sink
	for _, flag := range []string{"", "+", "#", " ", "-", "0"} {
		for _, verb := range "vsqxXdboOcUeEfFgGtp" {
			list = append(list, formatted("%"+flag+string(verb)))
		}
	}
	look := plain()
	for _, s := range writers {
		s.look = look
		list = append(list, s)
	}
	return list
}

// formatted returns the sink of one format of package fmt.
func formatted(format string) sink {
	return sink{
		name:    "fmt " + format,
		show:    func(out *bytes.Buffer, v any) { fmt.Fprintf(out, format, v) },
		look:    printed(format),
		control: open{Canary, Day()},
	}
}

// writers are the sinks other than the formats of package fmt. Their look fields are
// empty here, and are set in sinks.
var writers = [...]sink{
	{name: "fmt.Print", show: func(out *bytes.Buffer, v any) { fmt.Fprint(out, v); fmt.Fprintln(out, v) }, control: methods{}},
	{name: "fmt.Errorf", show: wrap, control: methods{}},
	{name: "log", show: func(out *bytes.Buffer, v any) { log.New(out, "", 0).Print(v) }, control: methods{}},
	{name: "slog text", show: logText, control: open{Canary, Day()}},
	{name: "slog JSON", show: logJSON, control: open{Canary, Day()}},
	{name: "encoding/json", show: toJSON, control: open{Canary, Day()}},
	{name: "encoding/xml", show: toXML, control: open{Canary, Day()}},
	{name: "encoding/gob", show: toGob, control: written{Canary, Day().String()}},
	{name: "text/template", show: toTemplate, control: methods{}},
	{name: "html/template", show: toHTML, control: methods{}},
	{name: "database/sql", show: toSQL, control: Canary + " " + Day().String()},
	{name: "its own methods", show: callMethods, control: methods{}},
}

func wrap(out *bytes.Buffer, v any) {
	format := "saving: %w, %v" // not a constant, because vet would complain that v may not be an error
	fmt.Fprint(out, fmt.Errorf(format, v, v))
}

func logText(out *bytes.Buffer, v any) { logTo(slog.NewTextHandler(out, nil), v) }
func logJSON(out *bytes.Buffer, v any) { logTo(slog.NewJSONHandler(out, nil), v) }

func logTo(handler slog.Handler, v any) {
	slog.New(handler).With("with", v).WithGroup("group").Info("saved", "v", v, slog.Group("inner", "v", v))
}

func toJSON(out *bytes.Buffer, v any) {
	b, err := json.Marshal(v)
	fmt.Fprintf(out, "%s %v", b, err)
	fmt.Fprint(out, json.NewEncoder(out).Encode(v))
}

func toXML(out *bytes.Buffer, v any) {
	fmt.Fprint(out, xml.NewEncoder(out).Encode(v))
}

func toGob(out *bytes.Buffer, v any) {
	fmt.Fprint(out, gob.NewEncoder(out).Encode(v))
}

const page = `{{.}} {{printf "%v %+v %#v" . . .}} {{html .}} {{js .}}`

func toTemplate(out *bytes.Buffer, v any) {
	fmt.Fprint(out, template.Must(template.New("").Parse(page)).Execute(out, v))
}

func toHTML(out *bytes.Buffer, v any) {
	const page = `<p title="{{.}}">{{.}}</p><script>var v = {{.}}</script>`
	fmt.Fprint(out, htmltemplate.Must(htmltemplate.New("").Parse(page)).Execute(out, v))
}

func toSQL(out *bytes.Buffer, v any) {
	converted, err := driver.DefaultParameterConverter.ConvertValue(v)
	fmt.Fprint(out, converted, err)
}

// callMethods calls every method by which v may show itself.
func callMethods(out *bytes.Buffer, v any) {
	if m, ok := v.(error); ok {
		fmt.Fprint(out, m.Error())
	}
	if m, ok := v.(fmt.Stringer); ok {
		fmt.Fprint(out, m.String())
	}
	if m, ok := v.(fmt.GoStringer); ok {
		fmt.Fprint(out, m.GoString())
	}
	if m, ok := v.(slog.LogValuer); ok {
		fmt.Fprint(out, m.LogValue())
	}
	callMarshallers(out, v)
}

func callMarshallers(out *bytes.Buffer, v any) {
	var marshal []func() ([]byte, error)
	if m, ok := v.(json.Marshaler); ok {
		marshal = append(marshal, m.MarshalJSON)
	}
	if m, ok := v.(encoding.TextMarshaler); ok {
		marshal = append(marshal, m.MarshalText)
	}
	if m, ok := v.(encoding.BinaryMarshaler); ok {
		marshal = append(marshal, m.MarshalBinary)
	}
	if m, ok := v.(gob.GobEncoder); ok {
		marshal = append(marshal, m.GobEncode)
	}
	for _, f := range marshal {
		b, err := f()
		fmt.Fprintf(out, "%s %v", b, err)
	}
}
