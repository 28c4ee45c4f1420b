"""The batch: plan, execute, export, publish. Knows files and notebooks, never levels or shares."""
