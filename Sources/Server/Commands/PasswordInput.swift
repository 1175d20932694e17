import ArgumentParser
import Foundation

/// A password from whoever runs a command.
enum PasswordInput {
    private static let interrupt: Character = "\u{3}"

    /// The first line of standard input.
    static func readLine() throws -> String {
        guard let line = Swift.readLine(strippingNewline: true), !line.isEmpty else {
            throw ValidationError("There is no password on standard input: write it there as one line.")
        }
        return line
    }

    /// Asks for it twice, without showing it.
    static func ask() throws -> String {
        guard isatty(STDIN_FILENO) == 1 else {
            throw ValidationError("There is no terminal to ask for the password: use --password-stdin.")
        }
        let password = try ask("Password: ")
        guard try ask("Again: ") == password else {
            throw ValidationError("These were two different passwords.")
        }
        return password
    }

    private static func ask(_ prompt: String) throws -> String {
        var usual = termios()
        guard tcgetattr(STDIN_FILENO, &usual) == 0 else { return try readLine() }
        var silent = usual
        // Ctrl-C comes as a character, so that it can't leave the terminal silent.
        silent.c_lflag &= ~tcflag_t(ECHO | ISIG)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &usual)
            Console.write("\n", to: STDERR_FILENO)
        }
        Console.write(prompt, to: STDERR_FILENO)
        let line = try readLine()
        guard !line.contains(interrupt) else { throw CancellationError() }
        return line
    }
}
