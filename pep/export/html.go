package export

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"

	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
)

//go:embed page.html
var layout string

// HTML writes the document as one page.
func (d Document) HTML(w io.Writer) error {
	page, err := template.New("document").Funcs(template.FuncMap{
		"text":  func(t private.Text) string { return Visible(t.Reveal(private.Exporting)) },
		"line":  func(t private.Text) string { return line(t.Reveal(private.Exporting)) },
		"plain": line,
		"is":    func(f forms.Fill, name string) bool { return f.String() == name },
	}).Parse(layout)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := page.Execute(&out, d); err != nil {
		return err
	}
	_, err = out.WriteTo(w)
	return err
}
