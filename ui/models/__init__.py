"""What the views show: trees and tables over a filing."""
