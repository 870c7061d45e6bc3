package privatetest

import "reflect"

// shape is a form in which somebody may print a value, such as a slice that
// holds it.
type shape struct {
	name  string
	value any
}

// shapes returns v by itself and inside other values.
func shapes(v any) []shape {
	rv := reflect.ValueOf(v)
	t := rv.Type()
	pointer := reflect.New(t)
	pointer.Elem().Set(rv)
	slice := reflect.Append(reflect.MakeSlice(reflect.SliceOf(t), 0, 1), rv)
	entry := reflect.MakeMap(reflect.MapOf(reflect.TypeFor[string](), t))
	entry.SetMapIndex(reflect.ValueOf("k"), rv)
	list := []shape{
		{"a value", v},
		{"a pointer", pointer.Interface()},
		{"a slice", slice.Interface()},
		{"a map", entry.Interface()},
		{"an exported field", field(rv).Interface()},
		{"a slice of any", []any{v, pointer.Interface()}},
	}
	if rv.Comparable() {
		key := reflect.MakeMap(reflect.MapOf(t, reflect.TypeFor[string]()))
		key.SetMapIndex(rv, reflect.ValueOf("v"))
		list = append(list, shape{"a map key", key.Interface()})
	}
	for _, s := range list {
		list = append(list, shape{s.name + " in an unexported field", hidden{s.value}})
	}
	return append(list,
		shape{"an unexported field behind a pointer", &hidden{v}},
		shape{"unexported fields in a slice", []hidden{{v}, {pointer.Interface()}}},
		shape{"unexported fields in a map", map[string]hidden{"k": {v}}},
	)
}

// field returns a struct with v in an exported field of v's own type.
func field(v reflect.Value) reflect.Value {
	s := reflect.New(reflect.StructOf([]reflect.StructField{{Name: "V", Type: v.Type()}})).Elem()
	s.Field(0).Set(v)
	return s
}
