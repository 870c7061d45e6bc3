package forms

import "virtualschool.example/pep/rule"

// Setting is the kind of school that the child attends, as far as the form type
// depends on it. The zero Setting is not set.
type Setting uint8

// The settings. NoSetting is for a child who attends no school. Mainstream is
// every establishment that is not a special school.
const (
	NoSetting Setting = 1 + iota
	Mainstream
	Special
)

var settingNames = [...]struct{ name, words string }{
	NoSetting:  {"none", "no school"},
	Mainstream: {"mainstream", "a mainstream school"},
	Special:    {"special", "a special school"},
}

// SettingOf returns Special if special is true, and otherwise Mainstream.
func SettingOf(special bool) Setting {
	if special {
		return Special
	}
	return Mainstream
}

// Setting returns the setting of an establishment with the given type code. The
// set s must hold the types of special schools. FORM-7: "Special school =
// establishment attribute". A type that is not known is Mainstream.
func (s GIASSet) Setting(code GIAS) Setting { return SettingOf(s.Has(code)) }

// ParseSetting returns the setting whose text form is s, such as "special". For
// any other text it returns a *rule.Invalid of member "setting".
func ParseSetting(s string) (Setting, error) {
	return rule.Find[Setting](len(settingNames), s, "setting", "a setting: none, mainstream or special")
}

// String returns the text form of s, or "" for the zero Setting.
func (s Setting) String() string { return rule.Row(settingNames[:], s).name }

// Words returns s in words that follow "attends", such as "a special school".
func (s Setting) Words() string { return rule.Row(settingNames[:], s).words }

// MarshalText returns the text form of s.
func (s Setting) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a setting as ParseSetting does. Empty text is the zero
// Setting.
func (s *Setting) UnmarshalText(text []byte) error { return rule.Unmarshal(text, s, ParseSetting) }
