package privatetest

import (
	"reflect"
	"strings"
	"unsafe"

	"virtualschool.example/pep/private"
)

// depth is the number of levels of a value in which the canary is planted. There must
// be a limit, because a type may contain itself.
const depth = 12

// Plant returns a copy of v in which every private.Text holds Canary and every
// private.Date holds Day, even in unexported fields. If a nil pointer or an empty
// slice or map is on the way to such a value, Plant fills it with an element.
// Plant does not change v.
func Plant[T any](v T) T {
	planted := reflect.ValueOf(&v).Elem()
	plant(planted, 0)
	return v
}

// plant plants the canary in v, which must be addressable.
func plant(v reflect.Value, level int) {
	if level > depth || !holds(v.Type(), nil) {
		return
	}
	if plantLeaf(v) {
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			plant(opened(v.Field(i)), level+1)
		}
	case reflect.Array:
		for i := range v.Len() {
			plant(v.Index(i), level+1)
		}
	default:
		plantBehind(v, level)
	}
}

// plantLeaf plants the canary if v itself is private, and reports whether it did.
func plantLeaf(v reflect.Value) bool {
	switch p := v.Addr().Interface().(type) {
	case *private.Text:
		*p = private.NewText(Canary)
	case *private.Date:
		*p = private.NewDate(Day())
	default:
		return false
	}
	return true
}

// plantBehind plants the canary in a copy of what v refers to.
func plantBehind(v reflect.Value, level int) {
	switch v.Kind() {
	case reflect.Pointer:
		fresh := reflect.New(v.Type().Elem())
		if !v.IsNil() {
			fresh.Elem().Set(v.Elem())
		}
		plant(fresh.Elem(), level+1)
		v.Set(fresh)
	case reflect.Interface:
		if !v.IsNil() {
			v.Set(planted(v.Elem(), v.Elem().Type(), level))
		}
	case reflect.Slice:
		fresh := reflect.MakeSlice(v.Type(), max(1, v.Len()), max(1, v.Len()))
		reflect.Copy(fresh, v)
		for i := range fresh.Len() {
			plant(fresh.Index(i), level+1)
		}
		v.Set(fresh)
	case reflect.Map:
		plantMap(v, level)
	}
}

func plantMap(v reflect.Value, level int) {
	fresh := reflect.MakeMap(v.Type())
	key, elem := v.Type().Key(), v.Type().Elem()
	for entry := v.MapRange(); entry.Next(); {
		fresh.SetMapIndex(planted(entry.Key(), key, level), planted(entry.Value(), elem, level))
	}
	if v.Len() == 0 {
		fresh.SetMapIndex(planted(reflect.Zero(key), key, level), planted(reflect.Zero(elem), elem, level))
	}
	v.Set(fresh)
}

// planted returns a copy of v, of type t, with the canary planted in it.
func planted(v reflect.Value, t reflect.Type, level int) reflect.Value {
	fresh := reflect.New(t).Elem()
	fresh.Set(v)
	plant(fresh, level+1)
	return fresh
}

// opened returns the field v in a form that can be set, even if the field is unexported.
func opened(v reflect.Value) reflect.Value {
	return reflect.NewAt(v.Type(), unsafe.Pointer(v.UnsafeAddr())).Elem()
}

// holds reports whether a value of type t may hold a private value. A struct of the
// standard library does not.
func holds(t reflect.Type, above []reflect.Type) bool {
	if t == reflect.TypeFor[private.Text]() || t == reflect.TypeFor[private.Date]() {
		return true
	}
	for _, seen := range above {
		if seen == t {
			return false
		}
	}
	above = append(above, t)
	switch t.Kind() {
	case reflect.Interface:
		return true
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return holds(t.Elem(), above)
	case reflect.Map:
		return holds(t.Elem(), above) || holds(t.Key(), above)
	case reflect.Struct:
		return !standard(t) && anyField(t, above)
	}
	return false
}

func anyField(t reflect.Type, above []reflect.Type) bool {
	for field := range t.Fields() {
		if holds(field.Type, above) {
			return true
		}
	}
	return false
}

// standard reports whether t is a named type of the standard library, whose import
// paths do not begin with a domain.
func standard(t reflect.Type) bool {
	first, _, _ := strings.Cut(t.PkgPath(), "/")
	return first != "" && first != "main" && !strings.Contains(first, ".")
}
