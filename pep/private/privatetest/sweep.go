package privatetest

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// Sweep plants the canary in each value, and fails t for each way of printing,
// logging, marshalling or storing the value that shows the canary. It also fails t if
// one of these ways would not show a canary at all, so that no value passes merely
// because nothing was checked.
func Sweep(t testing.TB, values ...any) {
	t.Helper()
	ways := sinks()
	for _, name := range blind(ways) {
		t.Errorf("the sweep is blind: %s does not show the canary of a type that leaks", name)
	}
	for _, v := range values {
		if v == nil {
			t.Errorf("nil was given to be swept")
			continue
		}
		report(t, v, leaks(ways, Plant(v)))
	}
}

// Package sweeps values, which must include a value of each exported struct, array, slice
// and map type of the package under test. It also fails t for each type that is left out.
// It reads the package's source from the working directory.
func Package(t testing.TB, values ...any) {
	t.Helper()
	given := map[string]bool{}
	for _, v := range values {
		if v == nil {
			continue
		}
		given[typeName(reflect.TypeOf(v))] = true
	}
	for _, name := range exported(t, ".") {
		if !given[name] {
			t.Errorf("no value of type %s was given to be swept", name)
		}
	}
	Sweep(t, values...)
}

// most is the number of leaks of one value that are reported one by one.
const most = 5

func report(t testing.TB, v any, found []string) {
	t.Helper()
	for i, leak := range found {
		if i == most {
			t.Errorf("%T leaks in %d ways more", v, len(found)-most)
			return
		}
		t.Errorf("%T leaks: %s", v, leak)
	}
}

// leaks returns each way and shape in which v shows the canary.
func leaks(ways []sink, v any) (found []string) {
	for _, s := range shapes(v) {
		for _, way := range ways {
			if text, day := way.shows(s.value); text || day {
				found = append(found, fmt.Sprintf("%s, as %s", way.name, s.name))
			}
		}
	}
	return found
}

// blind returns the names of the ways that fail to show the text of their control,
// the day, or both.
func blind(ways []sink) (names []string) {
	for _, way := range ways {
		if text, day := way.shows(way.control); !text || !day {
			names = append(names, way.name)
		}
	}
	return names
}

// shows reports whether the sink, given v, shows the text and whether it shows the day.
// The output of a panic counts too.
func (s sink) shows(v any) (text, day bool) {
	var out bytes.Buffer
	func() {
		defer func() {
			if r := recover(); r != nil {
				fmt.Fprint(&out, r)
			}
		}()
		s.show(&out, v)
	}()
	return s.look.in(out.String())
}

// exported returns the names of the exported types in dir that can hold other values:
// structs, slices, arrays and maps.
func exported(t testing.TB, dir string) (names []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no Go source to read in %s", dir)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, typesIn(file)...)
	}
	return names
}

func typesIn(file *ast.File) (names []string) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			return false
		case *ast.TypeSpec:
			if n.Name.IsExported() && !n.Assign.IsValid() && composite(n.Type) {
				names = append(names, n.Name.Name)
			}
			return false
		}
		return true
	})
	return names
}

func composite(t ast.Expr) bool {
	switch t.(type) {
	case *ast.StructType, *ast.ArrayType, *ast.MapType:
		return true
	}
	return false
}

// typeName returns the name of t or, for a pointer, of the type that it points to,
// without type arguments.
func typeName(t reflect.Type) string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	name, _, _ := strings.Cut(t.Name(), "[")
	return name
}
