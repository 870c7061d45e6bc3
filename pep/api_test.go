package pep_test

import (
	"bytes"
	"go/ast"
	"go/printer"
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/goldentest"
)

// TestExportedAPI compares every exported name of every library package with
// testdata/api.txt, so that no name changes unnoticed.
func TestExportedAPI(t *testing.T) {
	t.Parallel()
	packages := map[string][]string{}
	for _, s := range sources(t) {
		if s.file.Name.Name == "main" || strings.Contains(s.pkg, "internal") || strings.HasPrefix(s.pkg, "examples") {
			continue
		}
		for _, decl := range s.file.Decls {
			packages[s.pkg] = append(packages[s.pkg], api(t, decl)...)
		}
	}
	var out strings.Builder
	for _, pkg := range sorted(packages) {
		out.WriteString("package " + module + pkg + "\n")
		slices.Sort(packages[pkg])
		for _, line := range packages[pkg] {
			out.WriteString("\t" + strings.ReplaceAll(line, "\n", "\n\t") + "\n")
		}
	}
	goldentest.Require(t, "testdata/api.txt", out.String())
}

func sorted(m map[string][]string) (keys []string) {
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// api returns one line for each name that a declaration exports.
func api(t *testing.T, decl ast.Decl) (lines []string) {
	t.Helper()
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && (d.Recv == nil || ast.IsExported(receiver(d))) {
			lines = append(lines, render(t, &ast.FuncDecl{Recv: d.Recv, Name: d.Name, Type: d.Type}))
		}
	case *ast.GenDecl:
		for n, spec := range d.Specs {
			lines = append(lines, apiOf(t, d, n, spec)...)
		}
	}
	return lines
}

// receiver returns the name of the type to which a method belongs.
func receiver(d *ast.FuncDecl) string {
	e := d.Recv.List[0].Type
	for {
		switch x := e.(type) {
		case *ast.StarExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}

func apiOf(t *testing.T, d *ast.GenDecl, n int, spec ast.Spec) (lines []string) {
	t.Helper()
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if s.Name.IsExported() {
			lines = append(lines, "type "+render(t, &ast.TypeSpec{Name: s.Name, TypeParams: s.TypeParams, Assign: s.Assign, Type: visible(s.Type)}))
		}
	case *ast.ValueSpec:
		for i, name := range s.Names {
			if name.IsExported() {
				lines = append(lines, d.Tok.String()+" "+name.Name+typeOf(t, d, n, s)+value(t, d, s, i))
			}
		}
	}
	return lines
}

// typeOf returns the type of a constant or variable: its own or, in an iota block, the
// type of the constant above it.
func typeOf(t *testing.T, d *ast.GenDecl, n int, s *ast.ValueSpec) string {
	t.Helper()
	for ; n >= 0 && d.Tok == token.CONST && s.Type == nil && len(s.Values) == 0; n-- {
		s = d.Specs[n].(*ast.ValueSpec)
	}
	if s.Type == nil {
		return ""
	}
	return " " + render(t, s.Type)
}

// value returns the value of a constant if it is written out.
func value(t *testing.T, d *ast.GenDecl, s *ast.ValueSpec, i int) string {
	t.Helper()
	if d.Tok != token.CONST || i >= len(s.Values) {
		return ""
	}
	return " = " + render(t, s.Values[i])
}

// visible returns a type without its unexported fields and methods and without its
// comments.
func visible(e ast.Expr) ast.Expr {
	switch x := e.(type) {
	case *ast.StructType:
		return &ast.StructType{Fields: exportedOf(x.Fields)}
	case *ast.InterfaceType:
		return &ast.InterfaceType{Methods: exportedOf(x.Methods)}
	}
	return e
}

func exportedOf(fields *ast.FieldList) *ast.FieldList {
	kept := &ast.FieldList{Opening: 1, Closing: 2}
	for _, f := range fields.List {
		names := slices.DeleteFunc(slices.Clone(f.Names), func(n *ast.Ident) bool { return !n.IsExported() })
		if len(f.Names) == 0 || len(names) > 0 {
			kept.List = append(kept.List, &ast.Field{Names: names, Type: visible(f.Type), Tag: f.Tag})
		}
	}
	return kept
}

// render prints a node as gofmt does, but ignores its positions, so that comments and
// blank lines do not matter.
func render(t *testing.T, node any) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, (&printer.Config{Mode: printer.UseSpaces, Tabwidth: 1}).Fprint(&b, token.NewFileSet(), node))
	return b.String()
}
