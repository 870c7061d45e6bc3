import java.io.*;
import java.nio.file.*;
import java.util.*;
import java.util.stream.*;

/** Starts a plan, keeps its state in a file, asks which actions are allowed, and takes some: java Client.java POLICYCHECK STATE_FILE */
class Client {
    static final String FACTS = """
            {"child": {"born": "2014-05-20", "consentToShare": true, "lookedAfter": [{"from": "2026-01-05"}]}}""";
    static Process program;
    static Path file;

    /** Stands in for a JSON library: returns the members of an object, with each value still as JSON. */
    static Map<String, String> members(String object) {
        var members = new TreeMap<String, String>();
        for (int at = 1, depth = 0, start = 1, colon = 0; at < object.length(); at++) {
            char c = object.charAt(at);
            if (c == '"') {
                while (object.charAt(++at) != '"') if (object.charAt(at) == '\\') at++;
            } else if (c == ':' && depth == 0 && colon < start) {
                colon = at;
            } else if (depth == 0 && (c == ',' || c == '}') && colon > start) {
                members.put(object.substring(start + 1, colon - 1), object.substring(colon + 1, at));
                start = at + 1;
            }
            depth += "{[".indexOf(c) >= 0 ? 1 : "}]".indexOf(c) >= 0 ? -1 : 0;
        }
        return members;
    }

    static Map<String, String> ask(String question, String given) throws IOException {
        program.outputWriter().append("{\"ask\": \"%s\", \"given\": {\"facts\": %s, %s}}\n".formatted(question, FACTS, given)).flush();
        var answer = members(program.inputReader().readLine());
        if (answer.containsKey("refused") || answer.containsKey("invalid")) throw new IOException(answer.get("message"));
        return answer;
    }

    static Map<String, String> look(String by) throws IOException {
        var seen = ask("plan.look", "\"plan\": %s, \"at\": \"2026-01-14T09:30:00Z\", \"by\": \"%s\"".formatted(Files.readString(file), by));
        System.out.println(by + " may: " + members(seen.get("actions")).entrySet().stream()
                .filter(action -> members(action.getValue()).get("allowed").equals("true"))
                .map(Map.Entry::getKey).collect(Collectors.joining(", ")));
        return seen;
    }

    static String step(String plan, String by, String verb, String given) throws IOException {
        var taken = ask("plan.step", "\"plan\": %s, \"step\": {\"at\": \"2026-01-14T09:30:00Z\", \"by\": \"%s\", \"do\": \"%s\", \"with\": %s}"
                .formatted(plan, by, verb, given));
        Files.writeString(file, taken.get("plan"));
        System.out.println("%s: the plan is %s, due %s".formatted(verb, taken.get("stage"), members(taken.get("final")).get("due"))
                .replace("\"", "").replace("null", "-"));
        return taken.get("plan");
    }

    public static void main(String[] args) throws IOException {
        program = new ProcessBuilder(args[0], "ask").start();
        file = Path.of(args[1]);
        var state = step("null", "social_worker", "start_initial", "{\"meeting\": \"2026-01-28\"}");
        var blank = members(look("social_worker").get("blank"));
        for (var section : List.of("1", "2")) {
            var answers = blank.get(section).replaceAll("\"(\\w+)\"", "\"$1\": \"Answered\"").replace('[', '{').replace(']', '}');
            state = step(state, "social_worker", "answer", "{\"section\": %s, \"answers\": %s}".formatted(section, answers));
        }
        step(state, "social_worker", "delegate", "{\"sections\": \"all\"}");
        look("designated_teacher");
        program.outputWriter().close();
    }
}
