package forms

import "virtualschool.example/pep/rule"

// Setting is what kind of school the child attends, as far as form types go.
// The zero Setting is not said.
type Setting uint8

// The settings. NoSetting is a child who attends none; Mainstream is every
// establishment that is not a special school.
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

// SettingOf returns the setting of an establishment said to be a special
// school or not.
func SettingOf(special bool) Setting {
	if special {
		return Special
	}
	return Mainstream
}

// Setting returns the setting of an establishment of type code, where s are
// the types of special schools. FORM-7: "Special school = establishment
// attribute". A type that is not known is Mainstream.
func (s GIASSet) Setting(code GIAS) Setting { return SettingOf(s.Has(code)) }

// ParseSetting returns the setting whose text form is s, such as "special".
func ParseSetting(s string) (Setting, error) {
	return rule.Find[Setting](len(settingNames), s, "setting", "a setting: none, mainstream or special")
}

// String returns the text form of s, or "" for one not said.
func (s Setting) String() string { return rule.Row(settingNames[:], s).name }

// Words returns s in words that follow "attends", such as "a special school".
func (s Setting) Words() string { return rule.Row(settingNames[:], s).words }

// MarshalText returns the text form of s.
func (s Setting) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the text form of a setting as ParseSetting does, and
// empty text as the zero Setting.
func (s *Setting) UnmarshalText(text []byte) error { return rule.Unmarshal(text, s, ParseSetting) }
